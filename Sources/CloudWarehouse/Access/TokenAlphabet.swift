/// What the random parts of a token are written in: digits and lower-case letters without i, l, o and u.
///
/// 32 of them, so each carries five bits; none has to be escaped in a header, a shell or a URL.
enum TokenAlphabet {
    private static let characters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// So many characters at random, five bits each, from the system's generator of unpredictable numbers.
    static func random(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            decoding: (0..<count).map { _ in characters[Int.random(in: 0..<32, using: &generator)] }, as: UTF8.self)
    }

    /// Whether all bytes are of the alphabet.
    static func holds(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { byte in
            switch Unicode.Scalar(byte) {
            case "0"..."9", "a"..."h", "j", "k", "m", "n", "p"..."t", "v"..."z": true
            default: false
            }
        }
    }
}
