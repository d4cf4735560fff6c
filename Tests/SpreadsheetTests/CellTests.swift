import Testing

@testable import Spreadsheet

@Suite("Cells of a workbook")
struct CellTests {
    private static let styles = """
        <numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy/m/d\\ h:mm;@"/>\
        <numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="&quot;y&quot;0.00"/></numFmts>\
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>\
        <xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="49"/></cellXfs>
        """

    private func cells(_ xml: String, texts: String = "", date1904: Bool = false, strict: Bool = false) throws
        -> [SpreadsheetCell]
    {
        var workbook = GivenWorkbook(rows: "<row>\(xml)</row>", texts: texts, styles: Self.styles, isStrict: strict)
        if date1904 { workbook.sheets = #"<workbookPr date1904="1"/>"# + workbook.sheets }
        return try workbook.read()[1] ?? []
    }

    @Test("texts are shared, inline or a formula's, in runs of several looks, without how they are pronounced")
    func texts() throws {
        let texts = """
            <si><t>甜瓜</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">红 </t></r><r><t>心&amp;柚</t></r>\
            <rPh sb="0" eb="1"><t>hong</t></rPh></si><si><t>a_x000D_b _x005F_x000D_</t></si><si><t/></si>
            """
        let found = try cells(
            """
            <c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c>\
            <c t="inlineStr"><is><r><t>行</t></r><r><t>内</t></r></is></c><c t="str"><f>"0"&amp;1</f><v>01</v></c>
            """, texts: texts)
        #expect(
            found == [
                .text("甜瓜"), .text("红 心&柚"), .text("a\rb _x000D_"), .empty, .text("行内"), .text("01"),
            ])
    }

    @Test(
        "a number is what the program shows, digit by digit",
        arguments: [
            ("0", "0"), ("-0.0", "0"), ("12", "12"), ("19.899999999999999", "19.9"), ("0.30000000000000004", "0.3"),
            ("1.02900005115168E+14", "102900005115168"), ("1.0290000511516801E+14", "102900005115168"),
            ("999999999999999", "999999999999999"), ("-5.0E-2", "-0.05"), ("1e3", "1000"), ("39.90", "39.9"),
            ("0.1234567890123456", "0.123456789012346"), ("99999999999999.96", "100000000000000"), ("+7.", "7"),
        ])
    func numbers(written: String, shown: String) throws {
        #expect(try cells("<c><v>\(written)</v></c>") == [.number(shown)])
    }

    @Test("what has no true value is a fault with the cell's name: rounded digits, errors, formulas never computed")
    func faults() throws {
        let found = try cells(
            """
            <c r="A1"><v>1.2345678901234568E+17</v></c><c r="B1"><v>1E+15</v></c><c r="C1" t="e"><v>#N/A</v></c>\
            <c r="D1"><f>A1+1</f></c><c r="E1" s="1"><v>-1</v></c><c r="F1" s="1"><v>60</v></c><c r="G1" s="1"><v>3000000</v></c>
            """)
        let kinds: [CellFault.Kind] = [
            .roundedNumber, .roundedNumber, .error, .notComputed, .noSuchDate, .noSuchDate, .noSuchDate,
        ]
        let faults = found.compactMap { if case .fault(let fault) = $0 { fault } else { nil } }
        #expect(faults.map(\.kind) == kinds)
        #expect(faults.map(\.reference) == ["A1", "B1", "C1", "D1", "E1", "F1", "G1"])
        #expect(faults[2].text == "#N/A")
    }

    @Test(
        "days and times are told by the number's format, counted from 1900",
        arguments: [
            ("1", "45984", "2025-11-23"), ("1", "45984.7", "2025-11-23"), ("1", "1", "1900-01-01"),
            ("1", "59", "1900-02-28"), ("1", "61", "1900-03-01"), ("1", "2958465", "9999-12-31"),
            ("1", "45351", "2024-02-29"), ("2", "45984.67303240741", "2025-11-23 16:09:10"),
            ("2", "45984.999999999", "2025-11-24 00:00:00"), ("2", "45984.5000057870", "2025-11-23 12:00:00.500"),
            ("3", "0.5", "12:00:00"), ("3", "1.5", "36:00:00"),
        ])
    func moments(style: String, serial: String, shown: String) throws {
        #expect(try cells("<c s=\"\(style)\"><v>\(serial)</v></c>") == [.moment(shown)])
    }

    @Test("the same counted from 1904; a quoted letter makes no date, and a style that is not there none either")
    func otherEpoch() throws {
        #expect(try cells(#"<c s="1"><v>44522</v></c>"#, date1904: true) == [.moment("2025-11-23")])
        #expect(
            try cells(#"<c s="4"><v>5</v></c><c s="5"><v>6</v></c><c s="99"><v>7</v></c>"#)
                == [.number("5"), .number("6"), .number("7")])
    }

    @Test("the strict form is read like the usual one, its days as they are written")
    func strict() throws {
        let found = try cells(
            #"<c t="d"><v>2025-11-23T16:09:10</v></c><c t="d"><v>2025-11-23</v></c><c t="s"><v>0</v></c><c t="b"><v>1</v></c>"#,
            texts: "<si><t>甜瓜</t></si>", strict: true)
        #expect(found == [.moment("2025-11-23 16:09:10"), .moment("2025-11-23"), .text("甜瓜"), .boolean(true)])
    }

    @Test("cells stand in their columns, and what is empty is left out at the end; rows keep their numbers")
    func places() throws {
        let rows = """
            <row r="3"><c r="B3"><v>1</v></c><c r="C3"/><c r="AA3"><v>2</v></c><c r="AB3" s="1"/></row><row r="5"/>\
            <row r="7"><c><v>3</v></c><c><v>4</v></c></row>
            """
        let found = try GivenWorkbook(rows: rows).read()
        #expect(found.keys.sorted() == [3, 7])
        #expect(found[3]?.count == 27 && found[3]?[1] == .number("1") && found[3]?[26] == .number("2"))
        #expect(found[7] == [.number("3"), .number("4")])
    }

    @Test(
        "formats show a day, a time, both or neither",
        arguments: [
            ("General", "neither"), ("0.00E+00", "neither"), ("@", "neither"), ("yyyy-mm-dd", "day"), ("mmm", "day"),
            ("mm:ss.0", "time"), ("h:mm AM/PM", "time"), ("[m]", "time"), ("[Red]0", "neither"),
            ("[$-804]0", "neither"),
            ("yyyy\"年\"m\"月\"d\"日\"\\ h\"时\"", "both"), ("#,##0\\d", "neither"), ("0;yyyy", "neither"),
        ])
    func formats(code: String, shows: String) {
        let format = MomentFormat(code: code)
        let found =
            switch (format?.showsDay, format?.showsTime) {
            case (true?, true?): "both"
            case (true?, false?): "day"
            case (false?, true?): "time"
            default: "neither"
            }
        #expect(found == shows)
    }
}
