import Testing

@testable import Spreadsheet

@Suite("Writing a workbook")
struct WorkbookWriterTests {
    @Test("what was written is read back: every cell is text, digits and formulas too")
    func roundTrip() throws {
        let rows = [
            ["订单编号", "快递公司", ""], ["123456789012345678", "=1+1", "a<b>&\"c\""],
            ["", " 前后 ", "两\n行\r\tx"], ["_x000D_", "\u{1}", "1.02E+14"],
        ]
        var writer = WorkbookWriter(sheet: "发货 & 回传")
        for row in rows { writer.append(row) }
        try PackedFiles.withFile(writer.finished()) { path in
            let file = try WorkbookFile(path: path)
            #expect(file.sheets.map(\.name) == ["发货 & 回传"])
            var found: [[String]] = []
            try file.read(try file.sheet()) { row in
                #expect(row.cells.allSatisfy { if case .text = $0 { true } else { $0 == .empty } })
                found.append(row.cells.map(\.text))
                return true
            }
            #expect(found == [Array(rows[0].dropLast())] + rows[1...])
        }
    }

    @Test("the same rows make the same file")
    func repeatable() {
        func bytes() -> [UInt8] {
            var writer = WorkbookWriter(sheet: "a")
            for number in 0..<100 { writer.append(["\(number % 7)", "x"]) }
            return writer.finished()
        }
        #expect(bytes() == bytes())
    }
}
