import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Loading and unloading", .onDatabase)
struct LoadingTests {
    private static let unload = LoadingTask.plan(LoadingPlan(kind: .unload, warehouse: Melons.warehouse))

    private static func crew(_ names: String...) -> LoadingCrew {
        LoadingCrew(names.map { LoadingWorker(name: Name(rawValue: $0)!, employment: .staff) })!
    }

    private static func amount(_ pieces: Int64?, grams: Int64? = nil) -> LoadingAmount {
        LoadingAmount(pieces: pieces.flatMap(Quantity.init(rawValue:)), grams: grams.flatMap(Quantity.init(rawValue:)))!
    }

    /// Why a loading stayed as it was; nil when it did not.
    private func refusal(_ body: () async throws -> Void) async -> LoadingRefusal? {
        do {
            try await body()
            return nil
        } catch StockError.loadingStays(let reason) {
            return reason
        } catch {
            Issue.record("another failure: \(error)")
            return nil
        }
    }

    @Test("a truck is unloaded: planned, started, finished by whoever was there, each step once")
    func walk() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .announced)
            let subject = LoadingSubject(kind: .inbound, reference: Dock.reference)
            let plan = LoadingTask.plan(
                LoadingPlan(kind: .unload, warehouse: Melons.warehouse, subject: subject))
            let key = Dock.key("XH-1")
            for isRepeated in [false, true] {
                #expect(try await base.load(plan, key) == LoadingProgress.of(.planned, isRepeated))
            }
            #expect(await refusal { try await base.load(Self.unload, key) } == .saidOtherwise(.plan))
            let begin = LoadingTask.start(Self.crew("张三", "李四"), at: nil)
            for isRepeated in [false, true] {
                #expect(try await base.load(begin, key) == LoadingProgress.of(.started, isRepeated))
            }
            #expect(
                await refusal { try await base.load(.start(Self.crew("张三"), at: nil), key) }
                    == .saidOtherwise(.start))
            let details = try #require(try await base.stock.loading(key))
            #expect(details.workers.map(\.name.rawValue) == ["张三", "李四"])
            let end = LoadingTask.finish(Self.amount(400, grams: 950_000), Self.crew("李四", "王五"), at: nil)
            for isRepeated in [false, true] {
                #expect(try await base.load(end, key) == LoadingProgress.of(.finished, isRepeated))
            }
            #expect(try await base.load(begin, key) == LoadingProgress.of(.finished, true))
            #expect(await refusal { try await base.load(.cancel, key) } == .alreadyFinished)
            let done = try #require(try await base.stock.loading(key))
            #expect(done.workers.map(\.name.rawValue) == ["李四", "王五"], "those who were there at the end")
            #expect(done.summary.amount == Self.amount(400, grams: 950_000))
            #expect(done.summary.plan.subject == subject && done.summary.finishedAt != nil)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'loading.%'") == 3)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is refused leaves no row: an unknown truck, another warehouse's delivery, a time that cannot be")
    func refused() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .announced)
            let second = try WarehouseCode("b")
            _ = try await base.stock.addWarehouse(code: second, name: Name("二仓"), by: base.principal)
            func plan(_ inbound: String, at warehouse: WarehouseCode) -> LoadingTask {
                .plan(
                    LoadingPlan(
                        kind: .unload, warehouse: warehouse,
                        subject: LoadingSubject(kind: .inbound, reference: Dock.key(inbound))))
            }
            let key = Dock.key("XH-1")
            #expect(await refusal { try await base.load(.cancel, key) } == .unknown)
            #expect(
                await refusal { try await base.load(plan("x", at: Melons.warehouse), key) }
                    == .unknownDelivery(Dock.key("x")))
            #expect(
                await refusal { try await base.load(plan("RK-1", at: second), key) }
                    == .otherWarehouse(Melons.warehouse))
            await #expect { try await base.load(plan("RK-1", at: WarehouseCode("x")), key) } throws: { error in
                if case StockError.unknownWarehouse = error { true } else { false }
            }
            #expect(try await base.number("SELECT count(*) FROM loading") == 0)
            try await base.load(Self.unload, key)
            let now = try await base.number("SELECT (EXTRACT(EPOCH FROM now()) * 1000000)::bigint")
            func moment(_ seconds: Int64) -> Timestamp { Timestamp(microsecondsSince1970: now + seconds * 1_000_000) }
            let crew = Self.crew("张三")
            #expect(await refusal { try await base.load(.start(crew, at: moment(60)), key) } == .inFuture)
            #expect(
                await refusal { try await base.load(.start(crew, at: moment(-7 * 86_400 - 60)), key) }
                    == .tooLongAgo(days: 7))
            #expect(
                await refusal { try await base.load(.finish(Self.amount(1), nil, at: nil), key) } == .notStarted)
            try await base.load(.start(crew, at: moment(-600)), key)
            #expect(
                await refusal { try await base.load(.finish(Self.amount(1), nil, at: moment(-601)), key) }
                    == .endsBeforeStart)
            #expect(try await base.number("SELECT count(*) FROM loading_event") == 2)
            #expect(try await base.load(.cancel, key).state == .cancelled)
            #expect(await refusal { try await base.load(.start(crew, at: nil), key) } == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the same steps at once, from many sides, happen once", arguments: 1...3)
    func races(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareDock()
            for task in [
                Self.unload, .start(Self.crew("张三", "李四"), at: nil), .finish(Self.amount(7), nil, at: nil),
            ] {
                let answers = try await withThrowingTaskGroup(of: LoadingProgress.self) { group in
                    for _ in 1...5 { group.addTask { try await base.load(task, Dock.key("XH-1")) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.filter { !$0.isRepeated }.count == 1, "\(task)")
            }
            #expect(try await base.number("SELECT count(*) FROM loading_event") == 3)
            #expect(try await base.number("SELECT count(*) FROM loading_worker") == 4)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "what was done to a loading past the service is named",
        arguments: [
            "UPDATE loading SET state = 'cancelled', finished_at = NULL, pieces = NULL",
            "DELETE FROM loading_event WHERE event = 'start'", "DELETE FROM loading_worker WHERE event = 'finish'",
        ])
    func sabotage(sql: String) async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.unload("XH-1", by: ["张三"], pieces: 7)
            #expect(try await base.differences().isEmpty)
            try await base.owner.execute(sql: sql)
            #expect(try await base.differences().contains { $0.table == "loading" })
        }
    }

    @Test("loadings are listed by state and warehouse, a page at a time")
    func list() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            for key in ["a", "b", "c"] { try await base.load(Self.unload, Dock.key(key)) }
            try await base.load(.cancel, Dock.key("b"))
            // By id; those of one millisecond stand in any order.
            let newest = try await base.owner.query(sql: "SELECT reference FROM loading ORDER BY id DESC") {
                row throws(DecodingFailure) in try row.next(String.self)
            }
            func listed(_ page: LoadingPage) -> [String] { page.loadings.map(\.reference.rawValue) }
            #expect(listed(try await base.stock.loadings()) == newest)
            #expect(listed(try await base.stock.loadings(in: .planned)) == newest.filter { $0 != "b" })
            #expect(listed(try await base.stock.loadings(at: WarehouseCode("x"))).isEmpty)
            let first = try await base.stock.loadings(limit: 2)
            #expect(listed(first) == Array(newest[..<2]))
            let last = try await base.stock.loadings(before: first.next, limit: 2)
            #expect(listed(last) == [newest[2]] && last.next == nil)
        }
    }
}

extension TestBase {
    @discardableResult
    func load(_ task: LoadingTask, _ reference: ReceiptReference) async throws -> LoadingProgress {
        try await stock.handle(task, of: reference, by: principal)
    }

    /// A truck that is unloaded.
    func unload(_ reference: String, by names: [String], pieces: Int64?, grams: Int64? = nil) async throws {
        let crew = LoadingCrew(names.map { LoadingWorker(name: Name(rawValue: $0)!, employment: .staff) })!
        let amount = LoadingAmount(
            pieces: pieces.flatMap(Quantity.init(rawValue:)), grams: grams.flatMap(Quantity.init(rawValue:)))!
        let key = Dock.key(reference)
        try await load(.plan(LoadingPlan(kind: .unload, warehouse: Melons.warehouse)), key)
        try await load(.start(crew, at: nil), key)
        try await load(.finish(amount, nil, at: nil), key)
    }
}

/// A progress without an identity, to compare with.
extension LoadingProgress {
    fileprivate struct Outcome: Equatable {
        let state: LoadingState
        let isRepeated: Bool
    }

    fileprivate static func of(_ state: LoadingState, _ isRepeated: Bool) -> Outcome {
        Outcome(state: state, isRepeated: isRepeated)
    }

    fileprivate static func == (left: LoadingProgress, right: Outcome) -> Bool {
        Outcome(state: left.state, isRepeated: left.isRepeated) == right
    }
}
