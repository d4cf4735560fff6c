/// A one-time code as people read it out, type it and photograph it: `7K3Q2-M9XWT`.
///
/// Four characters by which it is found, and six that only its bearer knows: 30 bits, of which five tries are allowed. It exists
/// once, in the answer to whoever has it made. Printing or dumping the value shows the first four alone.
public struct SignInCodeText: Sendable, CustomStringConvertible, CustomReflectable {
    static let handleLength = 4
    static let secretLength = 6

    let handle: SignInHandle
    private let secret: String

    /// A new code.
    init() {
        handle = .random()
        secret = TokenAlphabet.random(Self.secretLength)
    }

    /// Reads what somebody typed: spaces and dashes are left out, upper and lower case and full-width characters are the same,
    /// and letters that the alphabet lacks are the digits that they look like. Nil for what can be no code.
    public init?(typed text: String) {
        guard text.utf8.count <= 128 else { return nil }
        let characters = text.unicodeScalars.compactMap(Self.character(meant:))
        guard characters.count == Self.handleLength + Self.secretLength, TokenAlphabet.holds(characters) else {
            return nil
        }
        handle = SignInHandle(unchecked: String(decoding: characters[..<Self.handleLength], as: UTF8.self))
        secret = String(decoding: characters[Self.handleLength...], as: UTF8.self)
    }

    /// The whole code, for the bearer's eyes: capitals, with a dash in the middle.
    public var revealed: String {
        let capitals = (handle.rawValue + secret).uppercased()
        return "\(capitals.prefix(5))-\(capitals.suffix(5))"
    }

    /// What is kept of it.
    var digest: TokenDigest { TokenDigest(of: Array((handle.rawValue + secret).utf8)[...], in: Array("code:".utf8)) }

    /// The code without its secret.
    public var description: String { "\(handle)***" }

    /// The code without its secret.
    public var customMirror: Mirror { Mirror(reflecting: description) }

    /// The character of the alphabet that is meant; nil for what only separates, 0xFF for what is none.
    private static func character(meant scalar: Unicode.Scalar) -> UInt8? {
        // Full-width forms, as Chinese keyboards give them.
        let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        guard let byte = UInt8(exactly: value), byte < 0x80 else {
            // Ideographic space, no-break space, and the dashes that keyboards make of a hyphen.
            return [0x3000, 0xA0].contains(value) || (0x2010...0x2015).contains(value) ? nil : 0xFF
        }
        switch Unicode.Scalar(byte) {
        case " ", "\t", "\r", "\n", "-": return nil
        case "O", "o": return UInt8(ascii: "0")
        case "I", "i", "L", "l": return UInt8(ascii: "1")
        case "A"..."Z": return byte | 0x20
        default: return byte
        }
    }
}
