import Testing

@testable import CloudWarehouse

@Suite struct TextDecoderTests {
    /// 云仓,芦笋 in GB18030, with a character of four bytes (U+20005).
    private static let gb18030: [UInt8] = [
        0xD4, 0xC6, 0xB2, 0xD6, 0x2C, 0xC2, 0xAB, 0xCB, 0xF1, 0x95, 0x32, 0x83, 0x31,
    ]
    private static let text = "云仓,芦笋\u{20005}"

    private func decode(
        _ bytes: [UInt8], _ encoding: TextEncoding?, size: Int, detectionBytes: Int = 1 << 16
    ) -> (text: String, encoding: TextEncoding?, isValid: Bool) {
        var decoder = TextDecoder(encoding, detectionBytes: detectionBytes)
        var text: [UInt8] = []
        var rest = bytes[...]
        do throws(TextDecoder.Failure) {
            while !rest.isEmpty {
                try decoder.decode(Array(rest.prefix(size)), into: &text)
                rest = rest.dropFirst(size)
            }
            try decoder.finish(into: &text)
            return (String(decoding: text, as: UTF8.self), decoder.encoding, true)
        } catch {
            return (String(decoding: text, as: UTF8.self), decoder.encoding, false)
        }
    }

    @Test("both encodings are read, told or found out, with or without a byte order mark, however the bytes are cut")
    func decodes() {
        let utf8 = Array(Self.text.utf8)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        for size in [1, 2, 3, 5, 100] {
            for detection in [1, 1 << 16] where detection > 1 || size > 8 {
                for told in [nil, TextEncoding.utf8] {
                    for bytes in [utf8, mark + utf8] {
                        #expect(decode(bytes, told, size: size, detectionBytes: detection) == (Self.text, .utf8, true))
                    }
                }
                for told in [nil, TextEncoding.gb18030] {
                    let result = decode(Self.gb18030, told, size: size, detectionBytes: detection)
                    #expect(result == (Self.text, .gb18030, true))
                }
            }
        }
    }

    @Test("a mark that is not at the start is text")
    func laterMark() {
        #expect(decode(Array("a\u{FEFF}b".utf8), nil, size: 1).text == "a\u{FEFF}b")
    }

    @Test("what is valid before an invalid byte is kept, and nothing after it")
    func stops() {
        for size in [1, 100] {
            #expect(decode(Array("ab".utf8) + [0xFF] + Array("cd".utf8), .utf8, size: size) == ("ab", .utf8, false))
            #expect(decode(Array("ab".utf8) + [0xE4, 0xBA], .utf8, size: size) == ("ab", .utf8, false))
            #expect(decode(Self.gb18030, .utf8, size: size).isValid == false)
            let broken = decode(Array(Self.gb18030[..<5]) + [0xFF, 0xFF], .gb18030, size: size)
            #expect(broken == ("云仓,", .gb18030, false))
            #expect(decode(Array(Self.gb18030[..<6]), .gb18030, size: size) == ("云仓,", .gb18030, false))
        }
    }
}
