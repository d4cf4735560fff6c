public import Postgres

extension Timestamp {
    /// Reads an instant as RFC 3339 writes it: `2026-12-01T18:00:00+08:00`, `2026-12-01T10:00:00.25Z`.
    ///
    /// Seconds have at most six decimals; a leap second is no instant here. Nothing is guessed: without a zone it is nil.
    public init?(internet text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let day = CalendarDate(String(text.prefix(10))), bytes[10] == UInt8(ascii: "T"),
            let hour = Self.number(bytes[11..<13], below: 24), bytes[13] == UInt8(ascii: ":"),
            let minute = Self.number(bytes[14..<16], below: 60), bytes[16] == UInt8(ascii: ":"),
            let second = Self.number(bytes[17..<19], below: 60)
        else { return nil }
        var rest = bytes[19...]
        var microseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...6).contains(digits.count) else { return nil }
            microseconds = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
            for _ in digits.count..<6 { microseconds *= 10 }
            rest = rest[digits.endIndex...]
        }
        guard let offset = Self.offset(rest) else { return nil }
        let seconds = Int64(day.daysSince1970) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(microsecondsSince1970: seconds * 1_000_000 + microseconds)
    }

    /// Seconds east of Greenwich: `Z`, `+08:00`, `-03:30`.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        if bytes.elementsEqual("Z".utf8) { return 0 }
        guard bytes.count == 6, let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            return nil
        }
        let digits = bytes.dropFirst()
        guard let hours = number(digits.prefix(2), below: 24), digits.dropFirst(2).first == UInt8(ascii: ":"),
            let minutes = number(digits.dropFirst(3), below: 60)
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func number(_ digits: ArraySlice<UInt8>, below bound: Int64) -> Int64? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        return number < bound ? number : nil
    }
}
