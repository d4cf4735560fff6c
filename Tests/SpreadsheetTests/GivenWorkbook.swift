@testable import Spreadsheet

/// A workbook whose parts are written by hand.
struct GivenWorkbook {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    static let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let strictDocuments = "http://purl.oclc.org/ooxml/officeDocument/relationships"

    /// What stands within sheetData.
    var rows = ""
    /// What stands within sst.
    var texts = ""
    /// What stands within styleSheet.
    var styles = ""
    /// What stands within workbook.
    var sheets = #"<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets>"#
    var isStrict = false
    var prologue = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
    var relationships = """
        <Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>\
        <Relationship Id="rId2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>\
        <Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/>\
        <Relationship Id="rId4" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/>\
        <Relationship Id="rId5" Type="http://x/worksheet" Target="../xl/./worksheets/sheet2.xml"/>
        """
    var second = #"<row r="1"><c r="A1" t="inlineStr"><is><t>second</t></is></c></row>"#

    /// Its files.
    var files: PackedFiles {
        let main = isStrict ? Self.strict : Self.main
        let documents = isStrict ? Self.strictDocuments : Self.documents
        let packages = "http://schemas.openxmlformats.org/package/2006/relationships"
        var files = PackedFiles()
        files.add("[Content_Types].xml", "<Types/>", isDeflated: false)
        files.add(
            "_rels/.rels",
            """
            \(prologue)<Relationships xmlns="\(packages)"><Relationship Id="a" Type="\(documents)/officeDocument" \
            Target="xl/workbook.xml"/></Relationships>
            """)
        files.add(
            "xl/workbook.xml", #"\#(prologue)<workbook xmlns="\#(main)" xmlns:r="\#(documents)">\#(sheets)</workbook>"#)
        files.add(
            "xl/_rels/workbook.xml.rels",
            #"\#(prologue)<Relationships xmlns="\#(packages)">\#(relationships)</Relationships>"#)
        files.add("xl/sharedStrings.xml", #"\#(prologue)<sst xmlns="\#(main)">\#(texts)</sst>"#)
        files.add("xl/styles.xml", #"\#(prologue)<styleSheet xmlns="\#(main)">\#(styles)</styleSheet>"#)
        files.add(
            "xl/worksheets/sheet1.xml",
            #"\#(prologue)<worksheet xmlns="\#(main)"><sheetData>\#(rows)</sheetData></worksheet>"#)
        files.add(
            "xl/worksheets/sheet2.xml", #"<worksheet xmlns="\#(main)"><sheetData>\#(second)</sheetData></worksheet>"#)
        return files
    }

    /// Its rows, by their numbers.
    func read(sheet: String? = nil, limits: WorkbookLimits = WorkbookLimits()) throws -> [Int: [SpreadsheetCell]] {
        try Self.read(files.bytes, sheet: sheet, limits: limits)
    }

    /// The rows of a file of these bytes.
    static func read(
        _ bytes: [UInt8], sheet: String? = nil, limits: WorkbookLimits = WorkbookLimits()
    ) throws -> [Int: [SpreadsheetCell]] {
        try PackedFiles.withFile(bytes) { path in
            let file = try WorkbookFile(path: path, limits: limits)
            var rows: [Int: [SpreadsheetCell]] = [:]
            try file.read(try file.sheet(named: sheet)) { row in
                rows[row.number] = row.cells
                return true
            }
            return rows
        }
    }
}
