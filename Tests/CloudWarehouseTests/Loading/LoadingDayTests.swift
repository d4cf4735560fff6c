import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The day's report of loading", .onDatabase)
struct LoadingDayTests {
    /// Says, as the owner, when a loading was done.
    private func move(_ base: TestBase, _ reference: String, from start: String, to end: String) async throws {
        try await base.owner.execute(
            sql: """
                UPDATE loading SET started_at = '\(start)', finished_at = '\(end)' WHERE reference = '\(reference)'
                """)
    }

    @Test("half past eleven in the evening UTC is the next day in Shanghai, and a loading counts on the day it ended")
    func zone() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            for reference in ["early", "late", "next"] { try await base.unload(reference, by: ["张三"], pieces: 1) }
            try await move(base, "early", from: "2026-03-10T15:00:00Z", to: "2026-03-10T15:59:59Z")
            try await move(base, "late", from: "2026-03-10T15:30:00Z", to: "2026-03-10T23:30:00Z")
            try await move(base, "next", from: "2026-03-11T15:30:00Z", to: "2026-03-11T16:00:00Z")
            func on(_ day: String) async throws -> [String] {
                try await base.stock.loadingDay(CalendarDate(day)!).loadings.map(\.reference.rawValue)
            }
            #expect(try await on("2026-03-10") == ["early"])
            #expect(try await on("2026-03-11") == ["late"])
            #expect(try await on("2026-03-12") == ["next"])
            for day in ["0001-01-01", "9999-12-31"] { #expect(try await on(day) == []) }
            let late = try await base.stock.loadingDay(CalendarDate("2026-03-11")!)
            #expect(late.people.map(\.minutes) == [480])
            #expect(try await base.stock.loadingDay(CalendarDate("2026-03-11")!, at: WarehouseCode("x")).people.isEmpty)
        }
    }

    @Test("shares add up to what was moved: what does not divide goes to those who were named first")
    func shares() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.unload("a", by: ["张三", "李四", "王五"], pieces: 401, grams: 950_000)
            try await base.unload("b", by: ["李四", "张三"], pieces: 3)
            try await base.unload("c", by: ["王五"], pieces: nil, grams: 7)
            let today = try await base.stock.loadingDay()
            #expect(today.loadings.map(\.reference.rawValue) == ["a", "b", "c"])
            let people = Dictionary(uniqueKeysWithValues: today.people.map { ($0.worker.name.rawValue, $0) })
            #expect(people["张三"].map { [$0.loadings, $0.pieces, $0.grams] } == [2, 135, 316_667])
            #expect(people["李四"].map { [$0.loadings, $0.pieces, $0.grams] } == [2, 136, 316_667])
            #expect(people["王五"].map { [$0.loadings, $0.pieces, $0.grams] } == [2, 133, 316_673])
            #expect(today.people.map(\.pieces).reduce(0, +) == 404)
            #expect(today.people.map(\.grams).reduce(0, +) == 950_007)
            let parts = try await base.stock.loadingParts(of: today.day)
            #expect(parts.parts.map(\.loading.reference.rawValue) == ["a", "a", "a", "b", "b", "c"])
            #expect(parts.parts.map { $0.pieces?.rawValue } == [134, 134, 133, 2, 1, nil])
            #expect(parts.parts.compactMap { $0.grams?.rawValue }.reduce(0, +) == 950_007)
            let rest = try await base.stock.loadingParts(of: today.day, after: parts.parts[3].position)
            #expect(rest.parts.map(\.worker.name.rawValue) == ["张三", "王五"] && rest.next == nil)
        }
    }

    @Test("what is cancelled, or not done, counts for nobody; one name is two people, staff and hired")
    func others() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let name = Name(rawValue: "张三")!
            let crew = LoadingCrew([
                LoadingWorker(name: name, employment: .staff), LoadingWorker(name: name, employment: .hired),
            ])!
            for (reference, end) in [("a", true), ("b", false), ("c", false)] {
                let key = Dock.key(reference)
                try await base.load(.plan(LoadingPlan(kind: .load, warehouse: Melons.warehouse)), key)
                try await base.load(.start(crew, at: nil), key)
                if end {
                    try await base.load(.finish(LoadingAmount(pieces: try Quantity(5), grams: nil)!, nil, at: nil), key)
                }
            }
            try await base.load(.cancel, Dock.key("c"))
            let today = try await base.stock.loadingDay()
            #expect(today.loadings.map(\.reference.rawValue) == ["a"])
            #expect(Set(today.people.map(\.worker.employment)) == [.staff, .hired])
            #expect(today.people.map(\.pieces).sorted() == [2, 3])
        }
    }
}
