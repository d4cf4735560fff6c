/// The check digits of carriers' numbers, where they have any.
enum CheckDigit {
    /// Whether a number of the postal kind, two letters, nine digits and two letters (UPU S10), has the check digit that its
    /// first eight digits ask for; nil for a number of another kind, of which nobody can tell.
    static func fits(_ tracking: TrackingNumber) -> Bool? {
        let bytes = Array(tracking.rawValue.utf8)
        guard bytes.count == 13, (bytes[0..<2] + bytes[11..<13]).allSatisfy(isLetter),
            bytes[2..<11].allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let digits = bytes[2..<11].map { Int($0) - 0x30 }
        let sum = zip(digits, [8, 6, 4, 2, 3, 5, 9, 7]).reduce(0) { $0 + $1.0 * $1.1 }
        let expected =
            switch 11 - sum % 11 {
            case 10: 0
            case 11: 5
            case let digit: digit
            }
        return digits[8] == expected
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
}
