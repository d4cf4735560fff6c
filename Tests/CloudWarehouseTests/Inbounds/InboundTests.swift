import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Deliveries, step by step", .onDatabase)
struct InboundTests {
    @Test(
        "every event in every state does what its cell says, in the database, and what is refused changes nothing",
        arguments: InboundState.allCases)
    func cells(state: InboundState) async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            for event in InboundEvent.steps {
                let reference = Dock.key("\(state) \(event)")
                let lot = try await base.bring(reference, into: state)
                let task: InboundTask =
                    switch event {
                    case .announce: Dock.announcement()
                    case .arrive: .arrive(at: Melons.warehouse)
                    case .count: try Dock.count("again", 5)
                    case .finish: .finish
                    case .release: .release
                    case .putAway:
                        .putAway(PutAway(reference: Dock.key("x"), lot: lot ?? .sample, location: Dock.shelf))
                    case .cancel: .cancel
                    case .retract: .retract(Dock.retraction("first"))
                    case .correct: preconditionFailure("it is no step")
                    }
                let before = try await base.deliveryRows()
                var progress: InboundProgress?
                let reason = await refusal { progress = try await base.handle(task, of: reference) }
                let about: Comment = "\(state) \(event)"
                switch state.after(event) {
                case .becomes(let next): #expect(progress?.state == next && progress?.isRepeated == false, about)
                case .counts: #expect(progress?.state == state && progress?.lot != nil, about)
                case .finishes: #expect(progress?.state == .received, about)
                case .releases: #expect(progress?.state == .released, about)
                case .moves where state == .stored: #expect(reason == .alreadyStored, about)
                case .moves: #expect(progress?.state == .stored, about)
                case .retracts: #expect(progress?.state == .arrived && progress?.isRepeated == false, about)
                case .follows: Issue.record("no step is a correction")
                case .cancelsIfEmpty: #expect(reason == .hasGoods, about)
                case .unchanged: #expect(progress?.state == state && progress?.isRepeated == true, about)
                case .refused(let expected): #expect(reason == expected, about)
                }
                let isChanged = progress.map { !$0.isRepeated } ?? false
                #expect(try await (base.deliveryRows() != before) == isChanged, about)
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a delivery of melons: too few, some crushed, a crate of rice that nobody announced; held, released, put away")
    func walk() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.handle(Dock.announcement(400))
            try await base.handle(.arrive(at: Melons.warehouse))
            let first = try #require(try await base.handle(Dock.count("c1", 300)).lot)
            let second = try #require(
                try await base.handle(Dock.count("c2", 60, rejected: 20, .damaged)).lot)
            try await base.handle(Dock.count("c3", 0, sku: Melons.rice, rejected: 5_000, .wrongGoods))
            #expect(try await base.standing(Dock.dock, .held) == 360)
            #expect(try await base.stock.levels().isEmpty, "nothing is sellable before it is released")
            #expect(try await base.handle(.finish).state == .received)
            let summary = try #require(try await base.stock.inbound(Dock.reference)).summary
            let tallies = try await base.stock.tallies(of: summary.id)
            #expect(tallies.map(\.expected) == [400, 0])
            #expect(tallies.map(\.received) == [360, 0])
            #expect(tallies.map(\.rejected) == [20, 5_000])
            #expect(tallies.map(\.difference) == [-20, 5_000])
            let suggestions = try await base.stock.putAwaySuggestions(of: Dock.reference)
            #expect(suggestions.map(\.location?.rawValue) == ["B-01", "A-01"])
            #expect(suggestions.map(\.quantity.rawValue) == [300, 60])
            #expect(try await base.handle(.release).state == .released)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 360))
            #expect(try await base.standing(Dock.dock, .good) == 360)
            var put = PutAway(reference: Dock.key("p1"), lot: first, location: Dock.shelf)
            #expect(try await base.handle(.putAway(put)).state == .released)
            put = PutAway(reference: Dock.key("p2"), lot: second, location: Melons.location, quantity: try Quantity(59))
            #expect(try await base.handle(.putAway(put)).state == .released)
            put = PutAway(reference: Dock.key("p3"), lot: second, location: Melons.location)
            #expect(try await base.handle(.putAway(put)).state == .stored)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 360))
            #expect(try await base.standing(Melons.location, .good) == 60)
            let lines = try #require(try await base.stock.inbound(Dock.reference)).lines
            #expect(lines.map(\.lot) == [first, second] && lines.map(\.quantity.rawValue) == [300, 60])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the short way writes the same rows, and ends where the long way does")
    func shortWay() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10, rice: 500)
            let events = "FROM inbound_event WHERE (event, from_state, to_state) IN "
            #expect(try await base.number("SELECT count(*) FROM inbound_event") == 5)
            #expect(
                try await base.number(
                    """
                    SELECT count(*) \(events) (('arrive', 'absent', 'arrived'), ('count', 'arrived', 'arrived'),
                        ('finish', 'arrived', 'received'), ('release', 'received', 'released'),
                        ('put_away', 'released', 'stored'))
                    """) == 5)
            #expect(
                try await base.number(
                    """
                    SELECT count(*) FROM inbound_receipt AS receipt JOIN movement ON movement.id = receipt.movement_id
                    WHERE movement.quantity = receipt.received AND movement.lot_id = receipt.lot_id
                    """) == 2)
            let found = try #require(try await base.stock.inbound(Dock.reference))
            #expect(found.summary.state == .stored && found.lines.count == 2)
            #expect(await refusal { try await base.handle(.cancel) } == .alreadyReleased)
            #expect(try await base.handle(.release).isRepeated)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a count and a put-away are known by their references; another under the same one is refused")
    func repetitions() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.handle(.arrive(at: Melons.warehouse))
            let counted = try await base.handle(Dock.count("c1", 10))
            let again = try await base.handle(Dock.count("c1", 10))
            #expect(again.isRepeated && again.lot == counted.lot)
            #expect(await refusal { try await base.handle(Dock.count("c1", 11)) } == .otherUnderReference)
            try await base.handle(.finish)
            #expect(try await base.handle(Dock.count("c1", 10)).isRepeated, "also when its counting is over")
            try await base.handle(.release)
            let lot = try #require(counted.lot)
            func put(_ quantity: Int64) -> InboundTask {
                .putAway(
                    PutAway(
                        reference: Dock.key("p1"), lot: lot, location: Dock.shelf,
                        quantity: Quantity(rawValue: quantity)))
            }
            try await base.handle(put(4))
            #expect(try await base.handle(put(4)).isRepeated)
            #expect(await refusal { try await base.handle(put(5)) } == .otherUnderReference)
            #expect(try await base.standing(Dock.shelf, .good) == 4)
            #expect(try await base.number("SELECT count(*) FROM inbound_receipt") == 1)
            // The announcement, the arrival elsewhere, and the one-step delivery under its reference.
            await #expect(throws: StockError.self) { try await base.handle(Dock.announcement(1)) }
            await #expect(throws: StockError.self) {
                _ = try await base.stock.receive(Melons.receipt("RK-1", melons: 10), by: base.principal)
            }
            _ = try await base.stock.addWarehouse(code: WarehouseCode("b"), name: Name("二仓"), by: base.principal)
            #expect(
                await refusal { try await base.handle(.arrive(at: WarehouseCode("b"))) }
                    == .otherWarehouse(Melons.warehouse))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is not there is not put away, expired goods are not released, and all that is rejected is no delivery")
    func refused() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let lot = try #require(try await base.bring(into: .released))
            let foreign = try #require(try await base.bring(Dock.key("RK-2"), into: .received))
            func put(_ lot: ID<Lot>, _ quantity: Int64?, _ location: LocationCode = Dock.shelf) -> InboundTask {
                .putAway(
                    PutAway(
                        reference: Dock.key("p"), lot: lot, location: location,
                        quantity: quantity.flatMap(Quantity.init(rawValue:))))
            }
            #expect(await refusal { try await base.handle(put(lot, 11)) } == .notThere(onHand: 10))
            #expect(await refusal { try await base.handle(put(foreign, 1)) } == .foreignLot(foreign))
            #expect(await refusal { try await base.handle(put(lot, 1, Dock.dock)) } == .sameLocation)
            let old = Dock.key("RK-3")
            try await base.handle(.arrive(at: Melons.warehouse), of: old)
            let last = CalendarDate("2020-01-31")!
            let expired = try await base.handle(Dock.count("c", 5, expires: last), of: old)
            try await base.handle(.finish, of: old)
            guard case .expired(on: last, _)? = await refusal({ try await base.handle(.release, of: old) }) else {
                Issue.record("expired goods were released")
                return
            }
            let taken = try Adjustment(
                reference: Dock.key("A"), kind: .lost, lot: try #require(expired.lot), warehouse: Melons.warehouse,
                location: Dock.dock, quality: .held, quantity: try Quantity(5), note: AdjustmentNote(rawValue: "过期")!)
            _ = try await base.stock.adjust(taken, by: base.principal)
            #expect(try await base.handle(.release, of: old).state == .stored, "nothing of it waits")
            let bad = Dock.key("RK-4")
            try await base.handle(.arrive(at: Melons.warehouse), of: bad)
            try await base.handle(Dock.count("c", 0, rejected: 9, .spoiled), of: bad)
            #expect(try await base.handle(.finish, of: bad).state == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the same steps at once, from many sides, happen once", arguments: 1...4)
    func races(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareDock()
            func together(_ task: InboundTask) async throws -> [InboundProgress] {
                try await withThrowingTaskGroup(of: InboundProgress.self) { group in
                    for _ in 1...5 { group.addTask { try await base.handle(task) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            for task in [
                Dock.announcement(), .arrive(at: Melons.warehouse), try Dock.count("c1", 10), .finish, .release,
            ] {
                let answers = try await together(task)
                #expect(answers.filter { !$0.isRepeated }.count == 1, "\(task)")
                #expect(Set(answers.map(\.state)).count == 1)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a correction of a held lot and its release at once: what is sellable is what stands there good")
    func releaseAgainstCorrection() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.prepareDock()
            for round in 1...15 {
                let reference = Dock.key("RK-\(round)")
                let lot = try #require(try await base.bring(reference, into: .received))
                let restored = try Adjustment(
                    reference: Dock.key("A-\(round)"), kind: .restored, lot: lot, warehouse: Melons.warehouse,
                    location: Dock.dock, quality: .held, quantity: try Quantity(3), note: AdjustmentNote(rawValue: "好")!
                )
                async let adjusted = try? base.stock.adjust(restored, by: base.principal)
                async let released = base.handle(.release, of: reference)
                _ = try await (adjusted, released)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 150))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a state without its event, a count without its row of the ledger, and a lot that is sold too early are named",
        arguments: [
            ("UPDATE inbound SET state = 'released'", "inbound", "state"),
            ("DELETE FROM inbound_event WHERE event = 'finish'", "inbound", "state"),
            ("UPDATE inbound_receipt SET received = 9", "inbound_receipt", "movement_id"),
            ("UPDATE lot SET status = 'released'", "lot", "status"),
        ])
    func verified(sql: String, table: String, column: String) async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .received)
            #expect(try await base.differences().isEmpty)
            try await base.owner.execute(sql: sql)
            let found = try await base.differences()
            #expect(found.contains { $0.table == table && $0.column == column }, "\(found)")
        }
    }

    @Test(
        "any sequence of steps keeps the ledger conserved and every balance explained",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func anySequence(seed: UInt64) async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            var random = SplitMix(seed: seed)
            let references = [Dock.key("RK-1"), Dock.key("RK-2"), Dock.key("RK-3")]
            var lots: [ID<Lot>] = []
            for number in 1...120 {
                let reference = references.randomElement(using: &random)!
                let key = "k\(Int.random(in: 1...40, using: &random))"
                let quantity = Int64.random(in: 0...20, using: &random)
                let task: InboundTask =
                    switch Int.random(in: 0..<13, using: &random) {
                    case 0: Dock.announcement()
                    case 1: .arrive(at: Melons.warehouse)
                    case 2...5:
                        try Dock.count(
                            key, quantity, rejected: quantity == 0 ? 1 : 0, quantity == 0 ? .other : nil,
                            at: Bool.random(using: &random) ? Dock.dock : Melons.location)
                    case 6: .finish
                    case 7, 8: .release
                    case 9, 10:
                        .putAway(
                            PutAway(
                                reference: Dock.key(key), lot: lots.randomElement(using: &random) ?? .sample,
                                location: Bool.random(using: &random) ? Dock.shelf : Melons.location,
                                quantity: quantity == 0 ? nil : try Quantity(quantity),
                                quality: Bool.random(using: &random) ? .good : .held))
                    case 11: .retract(Dock.retraction(key))
                    default: .cancel
                    }
                do {
                    if let lot = try await base.handle(task, of: reference).lot, !lots.contains(lot) {
                        lots.append(lot)
                    }
                } catch StockError.inboundStays {
                } catch StockError.otherDeliveryUnderReference {}
                if let lot = lots.randomElement(using: &random), number % 7 == 0 {
                    let kind = Adjustment.Kind.allCases.randomElement(using: &random)!
                    let from = [Quality.good, .held].randomElement(using: &random)!
                    if let adjustment = try? Adjustment(
                        reference: Dock.key("A-\(number)"), kind: kind, lot: lot, warehouse: Melons.warehouse,
                        location: Dock.dock, quality: from, quantity: try Quantity(2),
                        note: AdjustmentNote(rawValue: "x")!)
                    {
                        do { _ = try await base.stock.adjust(adjustment, by: base.principal) } catch StockError
                            .notAdjusted
                        {}
                    }
                }
            }
            #expect(try await base.differences().isEmpty)
            let untrue = try await base.number(
                """
                SELECT count(*) FROM inbound WHERE state IN ('released', 'stored') AND (state = 'released') <> EXISTS (
                    SELECT FROM inbound_receipt AS receipt JOIN balance USING (sku_id, lot_id)
                    JOIN location ON location.id = balance.location_id
                    WHERE receipt.inbound_id = inbound.id AND location.code = 'R-01' AND balance.quality <> 'damaged'
                        AND balance.on_hand > 0)
                """)
            #expect(untrue == 0, "a delivery's state follows its goods")
            let leaked = try await base.number(
                """
                SELECT count(*) FROM (
                    SELECT lot_id, sum(change) AS sum FROM (
                        SELECT lot_id, to_location_id AS place, quantity AS change FROM movement
                        UNION ALL SELECT lot_id, from_location_id, -quantity FROM movement
                    ) AS flow GROUP BY lot_id
                ) AS total WHERE sum <> 0
                """)
            #expect(leaked == 0)
        }
    }
}

@Suite("Suggestions where to put goods")
struct PutAwaySuggestionTests {
    private static func place(
        _ code: String, _ storageClass: StorageClass = .chilled, takes: Int64? = nil, _ unit: BaseUnit = .piece,
        sequence: Int32? = nil, standing: Int64 = 0, closed: Bool = false, purpose: LocationPurpose = .storage
    ) -> PutAwayPlace {
        PutAwayPlace(
            code: try! LocationCode(code),
            terms: LocationTerms(
                storageClass: storageClass, purpose: purpose,
                capacity: takes.flatMap { Capacity(Quantity(rawValue: $0)!, of: unit) },
                pickSequence: sequence.flatMap(PickSequence.init(rawValue:)), isClosed: closed), standing: standing)
    }

    private static func waiting(_ quantity: Int64, _ unit: BaseUnit = .piece) -> WaitingGoods {
        WaitingGoods(
            lot: .sample, sku: .sample, unit: unit, quantity: Quantity(rawValue: quantity)!, quality: .good,
            storageClass: .chilled)
    }

    private static func said(_ goods: [WaitingGoods], _ places: [PutAwayPlace]) -> [String] {
        PutAwaySuggestion.all(of: goods, places: places).map { "\($0.quantity) \($0.location?.rawValue ?? "-")" }
    }

    @Test("as pickers walk, as far as there is room, and only where it is as cold")
    func walk() {
        let places = [
            Self.place("A", takes: 10, sequence: 2), Self.place("B", takes: 10, sequence: 1, standing: 7),
            Self.place("C", .frozen, takes: 99), Self.place("D", takes: 99, closed: true),
            Self.place("E", takes: 99, purpose: .receiving), Self.place("F", takes: 5),
            Self.place("G", takes: 99_000, .gram),
        ]
        #expect(Self.said([Self.waiting(2)], places) == ["2 B"])
        #expect(Self.said([Self.waiting(15)], places) == ["3 B", "10 A", "2 F"])
        #expect(Self.said([Self.waiting(20)], places) == ["3 B", "10 A", "5 F", "2 -"])
        #expect(Self.said([Self.waiting(2), Self.waiting(2)], places) == ["2 B", "1 B", "1 A"], "room is given once")
        #expect(Self.said([Self.waiting(500, .gram)], places) == ["500 G"])
    }

    @Test("where nobody has said what a place takes, it comes last and takes the rest; one that is overfull takes none")
    func boundless() {
        let places = [Self.place("Z"), Self.place("A", takes: 3, standing: 9), Self.place("B", takes: 4)]
        #expect(Self.said([Self.waiting(10)], places) == ["4 B", "6 Z"])
        #expect(Self.said([Self.waiting(10)], []) == ["10 -"])
    }
}
