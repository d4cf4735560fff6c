import Testing

@testable import HTTPServer

@Suite("Sets of bytes")
struct ByteSetTests {
    private static let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    @Test(
        "each set holds the characters that its RFC lists, and no other byte",
        arguments: [
            (ByteSet.token, alphanumeric + "!#$%&'*+-.^_`|~"),
            (ByteSet.path, alphanumeric + "-._~!$&'()*+,;=:@/"),
            (ByteSet.query, alphanumeric + "-._~!$&'()*+,;=:@/?"),
            (ByteSet.registeredName, alphanumeric + "-._~!$&'()*+,;="),
            (ByteSet.addressLiteral, "0123456789abcdefABCDEF:."),
        ]
    )
    func membership(set: ByteSet, characters: String) {
        let expected = Set(characters.utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(set.contains(byte) == expected.contains(byte), "byte \(byte)")
        }
    }

    @Test("a field value may hold any byte but control characters, wherever in a word it stands")
    func fieldContent() {
        for byte in UInt8.min...UInt8.max {
            for position in 0..<19 {
                var value = [UInt8](repeating: UInt8(ascii: "v"), count: 19)
                value[position] = byte
                let allowed = byte == 9 || (byte >= 32 && byte != 127)
                #expect(value.span.isFieldContent(0..<19) == allowed, "byte \(byte) at \(position)")
            }
        }
    }
}
