import Testing

@testable import Spreadsheet

/// Inputs without number from a seed, so that a failure can be made again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

@Suite("Whatever a file holds")
struct MutationTests {
    private static var workbook: GivenWorkbook {
        GivenWorkbook(
            rows: """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45984.67</v></c><c r="C1" t="inlineStr"><is><t>行</t></is></c></row>\
                <row r="2"><c r="A2"><v>1.02E+14</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="str"><f>1</f><v>x</v></c></row>
                """,
            texts: "<si><t>甜瓜</t></si><si><r><t>a</t></r></si>", styles: #"<cellXfs><xf/><xf numFmtId="22"/></cellXfs>"#
        )
    }

    /// Reads it all; anything but rows and a named error ends the test.
    private static func read(_ bytes: [UInt8]) throws -> Bool {
        var limits = WorkbookLimits()
        limits.chunkBytes = 97
        do {
            _ = try GivenWorkbook.read(bytes, limits: limits)
            return true
        } catch is WorkbookError {
            return false
        }
    }

    @Test("bytes of any kind are read or refused by name", arguments: 0..<8 as Range<UInt64>)
    func anything(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed + 1)
        for _ in 0..<40 {
            let bytes = (0..<Int.random(in: 0...600, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(try !Self.read(WorkbookFile.signature + bytes))
        }
    }

    @Test("a workbook of which some bytes are others is read or refused by name", arguments: 0..<12 as Range<UInt64>)
    func changedArchive(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed + 100)
        var files = Self.workbook.files
        files.is64Bit = seed % 2 == 0
        let good = files.bytes
        var refused = 0
        for _ in 0..<60 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                // Most of what is decided stands at the end.
                let isNearEnd = Bool.random(using: &random)
                let index = Int.random(in: (isNearEnd ? bytes.count / 2 : 0)..<bytes.count, using: &random)
                bytes[index] =
                    Bool.random(using: &random)
                    ? .random(in: 0...255, using: &random) : [0, 0xFF].randomElement(using: &random)!
            }
            if Int.random(in: 0..<5, using: &random) == 0 {
                bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            }
            if try !Self.read(bytes) { refused += 1 }
        }
        #expect(refused > 0)
    }

    @Test(
        "XML of which pieces are others, repeated or gone is read or refused by name",
        arguments: 0..<12 as Range<UInt64>)
    func changedXML(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed + 1_000)
        let words = [
            "<row>", "</row>", "<c t=\"s\">", "<c r=\"ZZZ9\">", "<v>", "</v>", "99999999999999999999", "-1",
            "<sheetData>", "&lt;",
            "&#0;", "<is>", "</c>", "<!--", "<![CDATA[", "1E999", "\u{0}", "r=\"A0\"", "s=\"-5\"", "t=\"d\"", "_xD800_",
        ]
        for _ in 0..<60 {
            var files = Self.workbook.files
            let index = Int.random(in: 1..<files.files.count, using: &random)
            var content = files.files[index].content
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let from = Int.random(in: 0...content.count, using: &random)
                let to = min(content.count, from + Int.random(in: 0...20, using: &random))
                content.replaceSubrange(from..<to, with: Array(words.randomElement(using: &random)!.utf8))
            }
            files.files[index].content = content
            _ = try Self.read(files.bytes)
        }
    }
}
