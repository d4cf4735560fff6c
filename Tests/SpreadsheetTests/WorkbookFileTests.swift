import Testing

@testable import Spreadsheet

@Suite("Workbooks")
struct WorkbookFileTests {
    private static let row = #"<row r="1"><c t="inlineStr"><is><t>first</t></is></c></row>"#

    private static func isText(_ text: String, _ rows: [Int: [SpreadsheetCell]]) -> Bool { rows[1] == [.text(text)] }

    @Test("the first sheet that is shown is read unless another is named, a hidden one too")
    func sheets() throws {
        var workbook = GivenWorkbook(rows: Self.row)
        workbook.sheets = """
            <sheets><sheet name="图" sheetId="3" r:id="rId4"/><sheet name="旧" state="veryHidden" sheetId="2" r:id="rId5"/>\
            <sheet name="单" sheetId="1" r:id="rId1"/></sheets>
            """
        #expect(Self.isText("first", try workbook.read()))
        #expect(Self.isText("second", try workbook.read(sheet: "旧")))
        #expect(throws: WorkbookError.notASheetOfCells("图")) { try workbook.read(sheet: "图") }
        #expect(throws: WorkbookError.unknownSheet("x", names: ["图", "旧", "单"])) { try workbook.read(sheet: "x") }
        workbook.sheets = #"<sheets><sheet name="旧" state="hidden" sheetId="2" r:id="rId5"/></sheets>"#
        #expect(throws: WorkbookError.noSheet) { try workbook.read() }
    }

    @Test("64-bit sizes, a comment at the end, files that are not packed and another encoding change nothing")
    func archives() throws {
        var files = GivenWorkbook(rows: Self.row).files
        files.is64Bit = true
        #expect(Self.isText("first", try GivenWorkbook.read(files.bytes)))
        files.is64Bit = false
        files.comment = Array(repeating: 0x50, count: 60_000)
        #expect(Self.isText("first", try GivenWorkbook.read(files.bytes)))
        for index in files.files.indices { files.files[index].isDeflated = false }
        #expect(Self.isText("first", try GivenWorkbook.read(files.bytes)))
        let index = try #require(files.files.firstIndex { $0.name == "xl/worksheets/sheet1.xml" })
        let text = String(decoding: files.files[index].content, as: UTF8.self).replacing("UTF-8", with: "UTF-16")
        files.files[index].content = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(Self.isText("first", try GivenWorkbook.read(files.bytes)))
    }

    @Test("rows are given until there are enough")
    func enough() throws {
        let rows = (1...1_000).map { "<row r=\"\($0)\"><c><v>\($0)</v></c></row>" }.joined()
        try PackedFiles.withFile(GivenWorkbook(rows: rows).files.bytes) { path in
            let file = try WorkbookFile(path: path)
            var count = 0
            try file.read(try file.sheet()) { _ in
                count += 1
                return count < 3
            }
            #expect(count == 3)
        }
    }

    @Test("what is another kind of file, or none, is named")
    func others() throws {
        #expect(throws: WorkbookError.damaged) { try GivenWorkbook.read([]) }
        #expect(throws: WorkbookError.damaged) { try GivenWorkbook.read(Array("PK\u{3}\u{4}and then text".utf8)) }
        #expect(throws: WorkbookError.unreadable(code: 2)) { _ = try WorkbookFile(path: "/nowhere/a.xlsx") }
        var files = PackedFiles()
        files.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        #expect(throws: WorkbookError.notAWorkbook) { try GivenWorkbook.read(files.bytes) }
        files = GivenWorkbook().files
        files.files[2].content = Array("<document/>".utf8)
        #expect(throws: WorkbookError.notAWorkbook) { try GivenWorkbook.read(files.bytes) }
        files = GivenWorkbook().files
        files.files[1].content = Array(
            String(decoding: files.files[1].content, as: UTF8.self).replacing("workbook.xml", with: "workbook.bin").utf8
        )
        #expect(throws: WorkbookError.binaryWorkbook) { try GivenWorkbook.read(files.bytes) }
    }

    @Test("a part that is encrypted, packed otherwise, of another sum or length, or not well formed is named")
    func parts() throws {
        func failure(_ change: (inout PackedFiles.File) -> Void) throws -> WorkbookError? {
            var files = GivenWorkbook(rows: Self.row).files
            let index = try #require(files.files.firstIndex { $0.name == "xl/worksheets/sheet1.xml" })
            change(&files.files[index])
            do { _ = try GivenWorkbook.read(files.bytes) } catch { return error as? WorkbookError }
            return nil
        }
        #expect(try failure { $0.flags = 1 } == .encrypted)
        #expect(try failure { $0.method = 14 } == .otherCompression)
        #expect(try failure { $0.checksum = 1 } == .damaged)
        #expect(try failure { $0.toldBytes = 7 } == .damaged)
        #expect(try failure { $0.method = 0 } == .damaged)
        #expect(try failure { $0.content.removeLast(5) } == .damaged)
        #expect(try failure { $0.name = "elsewhere.xml" } == .damaged)
        #expect(try failure { $0.name = "xl/styles.xml" } == .damaged, "two files of one name")
    }

    @Test("a document type is refused before any of its entities means anything", arguments: ["bomb", "outside"])
    func documentTypes(kind: String) throws {
        var workbook = GivenWorkbook(rows: #"<row><c t="str"><v>&a;</v></c></row>"#)
        let entities =
            kind == "bomb"
            ? (0..<9).map { "<!ENTITY a\($0) \"\(String(repeating: "&a\($0 + 1);", count: 10))\">" }.joined()
                + "<!ENTITY a9 \"lol\"><!ENTITY a \"&a0;\">"
            : #"<!ENTITY a SYSTEM "file:///etc/passwd">"#
        workbook.prologue = "<!DOCTYPE x [\(entities)]>"
        #expect(throws: WorkbookError.documentType) { try workbook.read() }
    }

    @Test("every bound is kept")
    func bounds() throws {
        func bound(_ workbook: GivenWorkbook, _ change: (inout WorkbookLimits) -> Void) -> WorkbookError.Bound? {
            var limits = WorkbookLimits()
            change(&limits)
            do { _ = try workbook.read(limits: limits) } catch {
                if case .tooLarge(let bound, _)? = error as? WorkbookError { return bound }
            }
            return nil
        }
        let texts = (0..<50).map { "<si><t>text \($0)</t></si>" }.joined()
        let workbook = GivenWorkbook(
            rows: Self.row + #"<row r="9"><c r="ZZ9"><v>1</v></c></row>"#, texts: texts,
            styles: "<cellXfs><xf/><xf/></cellXfs>")
        #expect(bound(workbook) { _ in } == nil)
        #expect(bound(workbook) { $0.fileBytes = 100 } == .fileBytes)
        #expect(bound(workbook) { $0.entries = 3 } == .entries)
        #expect(bound(workbook) { $0.partBytes = 100 } == .partBytes)
        #expect(bound(workbook) { $0.texts = 49 } == .texts)
        #expect(bound(workbook) { $0.textBytes = 99 } == .textBytes)
        #expect(bound(workbook) { $0.cellBytes = 4 } == .cellBytes)
        #expect(bound(workbook) { $0.columns = 700 } == .columns)
        #expect(bound(workbook) { $0.rows = 8 } == .rows)
        #expect(bound(workbook) { $0.depth = 2 } == .depth)
        #expect(bound(workbook) { $0.formats = 1 } == .formats)
    }

    @Test("a file made to burst is stopped long before it has, and so is a tag without an end")
    func bursting() throws {
        var files = GivenWorkbook().files
        let index = try #require(files.files.firstIndex { $0.name == "xl/worksheets/sheet1.xml" })
        files.files[index].content = Array(String(repeating: " ", count: 40 << 20).utf8)
        #expect(throws: WorkbookError.tooLarge(.unpackingRatio, atMost: 300)) { try GivenWorkbook.read(files.bytes) }
        // Less is told than there is.
        files.files[index].toldBytes = 100
        #expect(throws: WorkbookError.tooLarge(.unpackingRatio, atMost: 300)) { try GivenWorkbook.read(files.bytes) }
        files.files[index].toldBytes = nil
        files.files[index].content = Array("<a b=\"".utf8) + (0..<(3 << 20)).map { UInt8($0 * 7919 >> 8 & 63) + 64 }
        #expect(throws: WorkbookError.tooLarge(.tokenBytes, atMost: 1 << 20)) { try GivenWorkbook.read(files.bytes) }
    }
}
