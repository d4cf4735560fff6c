import CloudWarehouse
import FoundationEssentials
import Postgres
import Testing
import WarehouseTesting

enum RealDay {
    /// Where the files are: `YUNCANG_TEST_DATA`, else beside the repository.
    static let folder: String? = {
        let beside = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/data").path
        let folder = ProcessInfo.processInfo.environment["YUNCANG_TEST_DATA"] ?? beside
        return FileManager.default.fileExists(atPath: folder + "/produce-catalog.csv") ? folder : nil
    }()
}

/// A real greengrocer's day: 251 SKUs, and the 993 sales of 17 June 2023.
@Suite("A real day", .onDatabase, .enabled(if: RealDay.folder != nil, "the shared data is not there"))
struct ReplayTests {
    private struct Sale {
        let code: SKUCode
        /// Thousandths of a kilogram, or of a piece.
        let thousandths: Int64
        /// Fen for a kilogram, or for a piece.
        let fen: Int64
    }

    private func rows(_ file: String) throws -> [[String]] {
        let folder = try #require(RealDay.folder)
        let contents = try #require(FileManager.default.contents(atPath: folder + "/" + file))
        let lines = String(decoding: contents, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// What is sold by the portion, box, bag or pack is counted by the piece, though the file's heading says kilograms.
    private func unit(of name: String) -> BaseUnit {
        ["(份)", "(盒)", "(袋)", "(包)"].contains { name.contains($0) } ? .piece : .gram
    }

    private func digits(_ text: String) throws -> Int64 {
        try #require(Int64(text.replacing(".", with: "")))
    }

    @Test("the catalog, a delivery and a day's sales as orders end with the file's own sums, all explained")
    func replay() async throws {
        let entries = try rows("produce-catalog.csv").map { row in
            CatalogEntry(
                code: try SKUCode(row[0]), name: try Name(row[1]), unit: unit(of: row[1]),
                category: Category(code: try CategoryCode(row[2]), name: try Name(row[3])))
        }
        #expect(entries.count == 251)
        let units = Dictionary(uniqueKeysWithValues: entries.map { ($0.code, $0.unit) })
        let sales = try rows("produce-sales-2023-06-16.csv").filter { $0[0] == "2023-06-17" }.map { row in
            Sale(code: try SKUCode(row[2]), thousandths: try digits(row[3]), fen: try digits(row[4]))
        }
        #expect(sales.count == 993)
        try await TestBase.with { base in
            try await base.prepareMelons()
            let report = try await base.catalog.importEntries(entries, of: Melons.owner, by: base.principal)
            #expect(report.created == 251)
            let plenty = try Receipt(
                reference: ReceiptReference(rawValue: "day")!, warehouse: Melons.warehouse, location: Melons.location,
                lines: entries.map {
                    Receipt.Line(sku: $0.code, owner: Melons.owner, quantity: try Quantity(1_000_000))
                })
            _ = try await base.stock.receive(plenty, by: base.principal)
            try await base.withIntake { intake in
                try await place(sales, units: units, through: intake)
                // Once more: the same references have no further effect.
                try await place(sales, units: units, through: intake)
            }
            try await compare(sales, units: units, with: base)
        }
    }

    private func place(_ sales: [Sale], units: [SKUCode: BaseUnit], through intake: OrderIntake) async throws {
        try await withThrowingTaskGroup { group in
            for (number, sale) in sales.enumerated() {
                let isPiece = units[sale.code] == .piece
                let price = try Price(fen: Fen(rawValue: sale.fen), per: Quantity(isPiece ? 1 : 1_000))
                let quantity = try Quantity(isPiece ? sale.thousandths / 1_000 : sale.thousandths)
                let order = try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: "sale-\(number)")!,
                    lines: [PlaceOrder.Line(sku: sale.code, quantity: quantity, price: price)], payment: .paid)
                group.addTask { _ = try await intake.desk.place(order) }
            }
            try await group.waitForAll()
        }
    }

    private func compare(_ sales: [Sale], units: [SKUCode: BaseUnit], with base: TestBase) async throws {
        var sold: [SKUCode: Int64] = [:]
        var total: Int64 = 0
        for sale in sales {
            let isPiece = units[sale.code] == .piece
            if isPiece { #expect(sale.thousandths % 1_000 == 0) }
            sold[sale.code, default: 0] += isPiece ? sale.thousandths / 1_000 : sale.thousandths
            // The amount in thousandths of a fen, rounded half up.
            total += (sale.thousandths * sale.fen + 500) / 1_000
        }
        let levels = try await base.stock.levels()
        #expect(levels.count == 251)
        for level in levels {
            #expect(level.counters.sellable == 1_000_000)
            #expect(level.counters.committed == sold[level.position.sku, default: 0], "\(level.position.sku)")
        }
        let verification = try await Verification(pool: base.pool).run()
        #expect(verification.differences.isEmpty)
        #expect(verification.extent.orders == 993 && verification.extent.movements == 251)
        #expect(verification.extent.total.rawValue == total)
    }
}
