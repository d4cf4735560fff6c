import Testing

@testable import CloudWarehouse

/// Files that people take for CSV files.
@Suite struct ForeignFormatTests {
    private static let text = "单品编码,单品名称\n1,甲\n2,乙\n"

    /// The text in UTF-16, with a byte order mark or without.
    private static func utf16(_ text: String, bigEndian: Bool = false, marked: Bool = true) -> [UInt8] {
        let units = (marked ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    private func problems(
        of bytes: [UInt8], sliced size: Int = .max, encoding: TextEncoding? = nil
    ) -> [ImportProblem] {
        var reader = SheetReader(CatalogSheet(), encoding: encoding)
        var rows: [SheetReader<CatalogSheet>.Numbered] = []
        for start in stride(from: 0, to: bytes.count, by: min(size, max(bytes.count, 1))) {
            rows += reader.read(Array(bytes[start..<min(bytes.count, start.advanced(by: min(size, bytes.count)))]))
        }
        rows += reader.finish()
        return reader.problems.listed
    }

    @Test(
        "a workbook, text of two bytes a character and other separators are named for what they are, however they are cut",
        arguments: [
            ([0x50, 0x4B, 0x03, 0x04, 0x14, 0, 6, 0, 8, 0], .otherFormat(.workbook)),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], .otherFormat(.oldWorkbook)),
            (utf16(text), .otherFormat(.utf16)), (utf16(text, bigEndian: true), .otherFormat(.utf16)),
            (utf16("code,name\n", marked: false), .otherFormat(.utf16)),
            (Array("单品编码;单品名称\n1;甲\n".utf8), .otherSeparator(.semicolon)),
            (Array("\"单品编码\";\"单品名称\"\n\"1\";\"甲\"\n".utf8), .otherSeparator(.semicolon)),
            (Array("单品编码\t单品名称\n1\t甲\n".utf8), .otherSeparator(.tab)),
            (Array("单品编码，单品名称\n1，甲\n".utf8), .otherSeparator(.wideComma)),
        ] as [([UInt8], ImportProblem.Reason)])
    func foreign(bytes: [UInt8], reason: ImportProblem.Reason) {
        for size in [1, 3, Int.max] {
            #expect(problems(of: bytes, sliced: size).map(\.reason) == [reason], "sliced by \(size)")
        }
        #expect(problems(of: bytes, encoding: .utf8).map(\.reason) == [reason])
    }

    @Test("a file that ends in the midst of a character is cut short, in both encodings, and not of another encoding")
    func cutShort() {
        let cut = Array("单品编码,单品名称\n1,甲\n2,乙".utf8).dropLast()
        #expect(problems(of: Array(cut)).map(\.reason) == [.cutWithinCharacter])
        #expect(problems(of: Array(cut), sliced: 1).map(\.code) == [.truncated])
        #expect(problems(of: Array(cut), encoding: .utf8).map(\.line) == [3])
        let gb18030: [UInt8] = [0xB5, 0xA5, 0xC6, 0xB7, 0x2C, 0xC3]
        #expect(problems(of: gb18030, encoding: .gb18030).map(\.reason) == [.cutWithinCharacter])
    }

    @Test("a small file that is right is read, though it is shorter than what tells formats apart")
    func small() {
        var reader = SheetReader(CatalogSheet())
        let rows = reader.read(Array("code,name\n1,a".utf8)) + reader.finish()
        #expect(rows.count == 1 && reader.problems.isEmpty)
        #expect(problems(of: Array("a".utf8)).map(\.code) == [.missingColumn, .missingColumn])
    }
}
