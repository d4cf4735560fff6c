import CloudWarehouse
import Postgres
import Testing

@Suite struct SalesSheetTests {
    private static let header = "销售日期,扫码销售时间,单品编码,销量(千克),销售单价(元/千克),销售类型,是否打折销售\n"

    private func read(_ rows: String) throws -> (sales: [Sale], problems: ImportProblems) {
        let units: [SKUCode: BaseUnit] = [try SKUCode("g"): .gram, try SKUCode("p"): .piece]
        var reader = SheetReader(SalesSheet(units: units))
        let sales = (reader.read(Array((Self.header + rows).utf8)) + reader.finish()).map(\.row)
        return (sales, reader.problems)
    }

    @Test("kilograms become grams or pieces, yuan become fen per 1,000 g or per piece, as the SKU is counted")
    func units() throws {
        let (sales, problems) = try read(
            "2023-06-17,09:05:01.5,g,0.396,7.60,销售,否\n2023-06-17,9:5:01,p,30.000,2.8,销售,是\n"
                + "2023-06-17,23:59:59.999,g,-0.252,9,退货,否\n")
        #expect(problems.isEmpty)
        #expect(sales.map(\.quantity.rawValue) == [396, 30, 252])
        #expect(sales.map(\.price.fen.rawValue) == [760, 280, 900])
        #expect(sales.map(\.price.per.rawValue) == [1_000, 1, 1_000])
        #expect(sales.map(\.kind) == [.sale, .sale, .returned])
        #expect(sales.map(\.isDiscounted) == [false, true, false])
        #expect(sales.map(\.moment.millisecondOfDay) == [32_701_500, 32_701_000, 86_399_999])
        #expect(sales.map(\.moment.day.description) == Array(repeating: "2023-06-17", count: 3))
    }

    @Test(
        "a bad cell is named by line and column",
        arguments: [
            ("2023-06-31,09:00:00,g,1,1,销售,否", "销售日期"), ("2023-06-17,24:00:00,g,1,1,销售,否", "销售日期"),
            ("2023-06-17,,g,1,1,销售,否", "销售日期"), ("2023-06-17,09:00:60,g,1,1,销售,否", "销售日期"),
            ("2023-06-17,09:00:00,x,1,1,销售,否", "单品编码"), ("2023-06-17,09:00:00,1.02E+14,1,1,销售,否", "单品编码"),
            ("2023-06-17,09:00:00,g,0.3965,1,销售,否", "销量(千克)"), ("2023-06-17,09:00:00,p,0.5,1,销售,否", "销量(千克)"),
            ("2023-06-17,09:00:00,g,0,1,销售,否", "销量(千克)"), ("2023-06-17,09:00:00,g,-1,1,销售,否", "销量(千克)"),
            ("2023-06-17,09:00:00,g,1,1,退货,否", "销量(千克)"), ("2023-06-17,09:00:00,g,1,1.005,销售,否", "销售单价(元/千克)"),
            ("2023-06-17,09:00:00,g,1,-1,销售,否", "销售单价(元/千克)"), ("2023-06-17,09:00:00,g,1,1,赠送,否", "销售类型"),
            ("2023-06-17,09:00:00,g,1,1,销售,no", "是否打折销售"),
        ])
    func badCells(_ row: String, _ column: String) throws {
        let good = "2023-06-17,09:00:00,g,1,1,销售,否\n"
        let (sales, problems) = try read(good + row + "\n" + good)
        #expect(sales.count == 2)
        #expect(problems.listed.map { "\($0.line) \($0.column ?? "")" } == ["3 \(column)"])
    }
}
