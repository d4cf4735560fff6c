import Testing

@testable import yuncang

@Suite("Tables")
struct TableTests {
    private func sample() -> Table {
        var table = Table([.words(.verbatim("编码")), .words(.verbatim("NAME")), .numbers(.verbatim("余量"))])
        table.append(["T-1", "台孙金蝉", "1200"])
        table.append(["Y-12", "伊马乔大棚甜瓜 🍈", "7"])
        table.append(["", "x\u{1B}[2J\ny", ""])
        return table
    }

    @Test("in a pipe columns are aligned, nothing is cut, no line ends in a space, no escape is written")
    func pipe() {
        #expect(
            sample().lines(on: .pipe) == [
                "编码  NAME               余量",
                "T-1   台孙金蝉           1200",
                "Y-12  伊马乔大棚甜瓜 🍈     7",
                "      x␛[2J␊y",
            ])
    }

    @Test("a narrow terminal cuts words and never numbers")
    func narrow() {
        let lines = sample().lines(on: Surface(columns: 24))
        #expect(
            lines == [
                "编码  NAME          余量",
                "T-1   台孙金蝉      1200",
                "Y-12  伊马乔大棚…      7",
                "      x␛[2J␊y",
            ])
        #expect(lines.allSatisfy { DisplayWidth().columns(of: $0) <= 24 })
    }

    @Test("keys stay whole, since somebody types them again")
    func keys() {
        var table = Table([.keys(.verbatim("SKU")), .words(.verbatim("NAME"))])
        table.append(["102900005115168", "牛首生菜 本地小毛白菜"])
        #expect(table.lines(on: Surface(columns: 26)) == ["SKU              NAME", "102900005115168  牛首生菜…"])
    }

    @Test("a time and a state stay whole, and the words beside them give way")
    func terms() {
        var table = Table([.words(.verbatim("NAME")), .terms(.verbatim("AT"))])
        table.append(["牛首生菜 本地小毛白菜", "2026-11-26 03:33:53"])
        #expect(
            table.lines(on: Surface(columns: 32)) == ["NAME         AT", "牛首生菜 …   2026-11-26 03:33:53"])
    }

    @Test("long numbers stay whole though the line grows longer than the terminal")
    func longNumbers() {
        var table = Table([.words(.verbatim("NAME")), .numbers(.verbatim("FEN"))])
        table.append(["伊马乔大棚甜瓜", "123456789012345"])
        #expect(
            table.lines(on: Surface(columns: 12)) == [
                "NAME                  FEN",
                "伊马乔…   123456789012345",
            ])
    }

    @Test("at every width lines fit, or columns are at their narrowest", arguments: 1...60)
    func everyWidth(columns: Int) {
        let natural = 30
        let narrowest = 4 + 2 + TableLayout.narrowest + 2 + 4
        for line in sample().lines(on: Surface(columns: columns)) {
            #expect(DisplayWidth().columns(of: line) <= max(min(columns, natural), narrowest))
        }
    }

    @Test("on a coloured terminal the colours do not move the columns")
    func coloured() {
        let surface = Surface(columns: 80, style: Style(isColoured: true))
        var table = Table([.words(.verbatim("A")), .numbers(.verbatim("N"))])
        table.append([StyledText("云", .bad), "10"])
        #expect(
            table.lines(on: surface) == [
                "\u{1B}[1mA\u{1B}[0m    \u{1B}[1mN\u{1B}[0m",
                "\u{1B}[1;31m云\u{1B}[0m  10",
            ])
    }

    @Test("a table without rows says so instead of showing bare headings")
    func empty() {
        var page = Page()
        page.table(Table([.words(.verbatim("A"))]), whenEmpty: Text(en: "nothing here", zh: "没有内容"))
        #expect(page.rendered(on: .pipe) == "nothing here\n")
    }

    @Test("a record aligns its values behind names of double width")
    func record() {
        var record = Record()
        record.append(Text(en: "name", zh: "名称"), "37度云仓")
        record.append(.verbatim("余量合计"), "1\u{1B}c")
        record.append(.verbatim("note"), "")
        #expect(record.lines(on: .pipe) == ["name      37度云仓", "余量合计  1␛c", "note"])
    }
}
