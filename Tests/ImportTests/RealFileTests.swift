import CloudWarehouse
import Postgres
import Testing

/// The real catalog and nine days of its sales, replayed through the readers.
@Suite(.enabled(if: SampleData.isThere, Comment(rawValue: SampleData.absent)))
struct RealFileTests {
    private func catalog(_ name: String) throws -> SheetFile.Contents<CatalogSheet> {
        try SheetFile(path: SampleData.path(name)).read(CatalogSheet())
    }

    @Test("the real catalog has 251 SKUs, in UTF-8 and in GB18030 the same")
    func catalogs() throws {
        let utf8 = try catalog("produce-catalog.csv")
        let gb18030 = try catalog("produce-catalog.gb18030.csv")
        #expect(utf8.problems.isEmpty)
        #expect(gb18030.problems.isEmpty)
        #expect(utf8.encoding == .utf8)
        #expect(gb18030.encoding == .gb18030)
        #expect(utf8.rows.count == 251)
        #expect(utf8.rows.map(\.row) == gb18030.rows.map(\.row))
        #expect(utf8.rows.filter { $0.row.unit == .piece }.count == 84)
        #expect(Set(utf8.rows.compactMap(\.row.category)).count == 6)
    }

    @Test("the real sales are 5,365, of 50 SKUs, 17 of them by the piece, and 993 on 17 June")
    func sales() throws {
        let entries = try catalog("produce-catalog.csv").rows.map(\.row)
        let units = Dictionary(uniqueKeysWithValues: entries.map { ($0.code, $0.unit) })
        let sales = try SheetFile(path: SampleData.path("produce-sales-2023-06-16.csv")).read(SalesSheet(units: units))
        #expect(sales.problems.isEmpty)
        #expect(sales.rows.count == 5_365)
        let sold = Set(sales.rows.map(\.row.code))
        #expect(sold.count == 50)
        #expect(sold.filter { units[$0] == .piece }.count == 17)
        #expect(sales.rows.filter { $0.row.moment.day.description == "2023-06-17" }.count == 993)
        // Summed from the file by another program.
        let grams = sales.rows.map(\.row).filter { units[$0.code] == .gram }.reduce(0) { $0 + $1.quantity.rawValue }
        let pieces = sales.rows.map(\.row).filter { units[$0.code] == .piece }.reduce(0) { $0 + $1.quantity.rawValue }
        #expect(grams == 1_562_194)
        #expect(pieces == 1_768)
    }

    @Test("a chunk may end anywhere")
    func chunks() throws {
        let whole = try catalog("produce-catalog.gb18030.csv").rows.map(\.row)
        for size in [1, 7, 1_000] {
            let pieces = try SheetFile(path: SampleData.path("produce-catalog.gb18030.csv"))
                .read(CatalogSheet(), limits: ImportLimits(detectionBytes: 64, chunkBytes: size))
            #expect(pieces.problems.isEmpty)
            #expect(pieces.rows.map(\.row) == whole)
        }
    }
}
