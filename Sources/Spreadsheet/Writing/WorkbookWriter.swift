/// Makes a workbook, .xlsx, of one sheet in which every cell is text: long digits stay what they are, and nothing is a formula.
///
/// The whole workbook is made in memory: for lists of up to some hundred thousand rows.
public struct WorkbookWriter: Sendable {
    private let sheet: String
    private var rows = ""
    private var texts = ""
    private var numbers: [String: Int] = [:]
    private var count = 0
    private var cells = 0

    /// A workbook without rows, whose sheet has this name: at most 31 characters, none of `[]:*?/\`.
    public init(sheet: String) {
        self.sheet = sheet
    }

    /// Adds one row.
    public mutating func append(_ row: [String]) {
        count += 1
        rows += "<row r=\"\(count)\">"
        for (column, text) in row.enumerated() where !text.isEmpty {
            // Style 1 is the format of text, so that whoever edits the cell keeps its digits.
            rows +=
                "<c r=\"\(CellReference(column: column, row: count).text)\" s=\"1\" t=\"s\"><v>\(number(of: text))</v></c>"
            cells += 1
        }
        rows += "</row>"
    }

    private mutating func number(of text: String) -> Int {
        if let number = numbers[text] { return number }
        let number = numbers.count
        numbers[text] = number
        texts += "<si><t xml:space=\"preserve\">\(Self.escaped(EscapedText.encoded(text)))</t></si>"
        return number
    }

    /// The file.
    public func finished() -> [UInt8] {
        var zip = ZipWriter()
        for (name, content) in parts { zip.append(name, Array((Self.head + content).utf8)) }
        return zip.finished()
    }

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let packages = "http://schemas.openxmlformats.org/package/2006"
    private static let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private var parts: [(name: String, content: String)] {
        [
            (
                "[Content_Types].xml",
                """
                <Types xmlns="\(Self.packages)/content-types">\
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Override PartName="/xl/workbook.xml" ContentType="\(Self.types).sheet.main+xml"/>\
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="\(Self.types).worksheet+xml"/>\
                <Override PartName="/xl/styles.xml" ContentType="\(Self.types).styles+xml"/>\
                <Override PartName="/xl/sharedStrings.xml" ContentType="\(Self.types).sharedStrings+xml"/></Types>
                """
            ),
            (
                "_rels/.rels",
                """
                <Relationships xmlns="\(Self.packages)/relationships"><Relationship Id="rId1" \
                Type="\(Self.documents)/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """
            ),
            (
                "xl/workbook.xml",
                """
                <workbook xmlns="\(Self.main)" xmlns:r="\(Self.documents)"><sheets>\
                <sheet name="\(Self.escaped(sheet))" sheetId="1" r:id="rId1"/></sheets></workbook>
                """
            ),
            (
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships xmlns="\(Self.packages)/relationships">\
                <Relationship Id="rId1" Type="\(Self.documents)/worksheet" Target="worksheets/sheet1.xml"/>\
                <Relationship Id="rId2" Type="\(Self.documents)/styles" Target="styles.xml"/>\
                <Relationship Id="rId3" Type="\(Self.documents)/sharedStrings" Target="sharedStrings.xml"/>\
                </Relationships>
                """
            ),
            ("xl/styles.xml", Self.styles),
            (
                "xl/sharedStrings.xml",
                "<sst xmlns=\"\(Self.main)\" count=\"\(cells)\" uniqueCount=\"\(numbers.count)\">\(texts)</sst>"
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(rows)</sheetData></worksheet>"
            ),
        ]
    }

    /// Two formats of cells: the general one, and that of text, which every program has built in as 49.
    private static let styles = """
        <styleSheet xmlns="\(main)"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
        </fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
        <cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
        """

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { [38, 60, 62, 34, 13].contains($0) }) else { return text }
        return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\r", with: "&#13;")
    }
}
