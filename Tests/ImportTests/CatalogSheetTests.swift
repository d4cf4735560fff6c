import CloudWarehouse
import Testing

@Suite struct CatalogSheetTests {
    private func read(
        _ text: String, mapping: ColumnMapping<CatalogSheet.Column> = ColumnMapping(),
        limits: ImportLimits = ImportLimits()
    ) -> (rows: [SheetReader<CatalogSheet>.Numbered], problems: ImportProblems) {
        var reader = SheetReader(CatalogSheet(), mapping: mapping, limits: limits)
        let rows = reader.read(Array(text.utf8)) + reader.finish()
        return (rows, reader.problems)
    }

    private static let header = "单品编码,单品名称,分类编码,分类名称\r\n"

    @Test("a list is read: codes stay text, the name tells the unit, the category is optional")
    func reads() throws {
        let (rows, problems) = read(Self.header + "007,牛首生菜,10,花叶类\r\n8,金针菇(袋)(2),,\r\n\r\n")
        #expect(problems.isEmpty)
        #expect(rows.map(\.line) == [2, 3])
        #expect(rows.map(\.row.code.rawValue) == ["007", "8"])
        #expect(rows.map(\.row.unit) == [.gram, .piece])
        #expect(rows.map(\.row.category?.name.rawValue) == ["花叶类", nil])
    }

    @Test("all problems are listed at once, each with line and column, and no bad row comes through")
    func listsAll() {
        let (rows, problems) = read(
            Self.header + "1,甲,10,类\n1.02E+14,乙,10,类\n1,丙,10,类\n,丁,10,类\n5,,10,类\n6,己,10\n7,庚,,类\n"
                + "8,辛\"x,10,类\n9 9,壬,10,类\n10,癸,10,类,多\n11,子,10")
        #expect(rows.map(\.row.name.rawValue) == ["甲"])
        #expect(
            problems.listed.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue)" } == [
                "3 单品编码 mangled_code", "4 单品编码 repeated_key", "5 单品编码 empty_field", "6 单品名称 empty_field",
                "7 - wrong_field_count", "8 分类编码 empty_field", "9 - stray_quote", "10 单品编码 invalid_value",
                "11 - wrong_field_count", "12 - truncated",
            ])
        #expect(problems.listed[1].reason == .repeatedCode(firstLine: 2))
        #expect(problems.listed.last?.reason == .cutShort(fields: 3, due: 4))
    }

    @Test("problems beyond the bound are counted, not listed")
    func bound() {
        let text = Self.header + String(repeating: "1.02E+14,甲,10,类\n", count: 50)
        let problems = read(text, limits: ImportLimits(problems: 3)).problems
        #expect(problems.listed.count == 3)
        #expect(problems.count == 50)
    }

    @Test("more rows than the bound end the reading")
    func rowBound() {
        let text = Self.header + (1...9).map { "\($0),甲,10,类\n" }.joined()
        let (rows, problems) = read(text, limits: ImportLimits(rows: 4))
        #expect(rows.count == 4)
        #expect(problems.listed.map(\.code) == [.tooManyRows])
    }

    @Test("every missing column is named, with those that are there and the way to map them")
    func missingColumns() {
        let (rows, problems) = read("编号,单品编码,单品编码\n1,2,3\n")
        #expect(rows.isEmpty)
        #expect(problems.listed.map(\.code) == [.repeatedColumn, .missingColumn])
        #expect(
            problems.listed[1].reason
                == .missingColumn(option: "name", headings: ["编号", "单品编码", "单品编码"]))
    }

    @Test("own headings are mapped by pairs, and a unit column goes before the name")
    func mapping() throws {
        let mapping = try ColumnMapping<CatalogSheet.Column>(pairs: ["code=编号", "name=品名", "unit=单位"])
        let (rows, problems) = read("品名,单位,编号\n芦笋(份),斤,A-1\n礼盒,件,A-2\n酥梨,筐,A-3\n芋头,,A-4\n", mapping: mapping)
        #expect(rows.map(\.row.unit) == [.gram, .piece, .gram])
        #expect(problems.listed.map { "\($0.line) \($0.column ?? "")" } == ["4 单位"])
    }

    @Test(
        "pairs that map nothing are refused",
        arguments: [
            (["code"], .notAPair("code")), (["=x"], .notAPair("=x")), (["code="], .notAPair("code=")),
            (["sku=x"], .unknownColumn("sku")), (["code=x", "code=y"], .repeated("code")),
            (["code=x", "name=x"], .repeated("x")), (["code=单品名称"], .repeated("单品名称")),
        ] as [([String], ColumnMapping<CatalogSheet.Column>.Failure)])
    func badPairs(_ pairs: [String], _ failure: ColumnMapping<CatalogSheet.Column>.Failure) {
        #expect(throws: failure) { try ColumnMapping<CatalogSheet.Column>(pairs: pairs) }
    }

    @Test(
        "the name tells what is sold by the piece",
        arguments: [
            ("云南生菜(份)", .piece), ("金针菇(袋)(2)", .piece), ("姜蒜小米椒组合装(小份)", .piece), ("双孢菇（盒）", .piece),
            ("海鲜菇(包)", .piece), ("莲蓬(个)", .piece), ("银耳(朵)", .piece), ("花菇(一人份)", .piece),
            ("净藕(1)", .gram), ("西兰花", .gram), ("娃娃菜", .gram), ("洪湖莲藕(粉藕)", .gram), ("杏鲍菇(250克)", .gram),
            ("礼盒", .gram), ("", .gram),
        ] as [(String, BaseUnit)])
    func units(_ name: String, _ unit: BaseUnit) {
        #expect(BaseUnit(naming: name) == unit)
    }

    @Test("an empty file, a header alone, and a wrong encoding are told apart")
    func degenerate() {
        #expect(read("").problems.listed.map(\.code) == [.emptyFile])
        #expect(read("\n\n").problems.listed.map(\.code) == [.emptyFile])
        #expect(read(Self.header).problems.isEmpty)
        var reader = SheetReader(CatalogSheet(), encoding: .utf8)
        let bytes = Array((Self.header + "1,甲,10,类\n2,").utf8) + [0xB5, 0xA5] + Array(",10,类\n3,丙,10,类\n".utf8)
        let rows = reader.read(bytes) + reader.finish()
        #expect(rows.map(\.row.code.rawValue) == ["1"])
        #expect(reader.problems.listed.map { "\($0.line) \($0.code.rawValue)" } == ["3 wrong_encoding"])
    }

    @Test("a file that is not there is told by its path")
    func absentFile() {
        #expect(throws: SheetFile.Failure.self) { try SheetFile(path: "/nonexistent/x.csv").read(CatalogSheet()) }
    }
}
