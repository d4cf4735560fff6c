import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Goods between warehouses", .onDatabase)
struct TransferTests {
    @Test(
        "every event in every state does what its cell says, in the database, and what is refused changes nothing",
        arguments: TransferState.allCases)
    func cells(state: TransferState) async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(1_000)
            for event in TransferEvent.allCases {
                let reference = Road.key("\(state) \(event)")
                try await base.bring(reference, of: lot, into: state)
                let task: TransferTask =
                    switch event {
                    case .request: try Road.request()
                    case .approve: .approve
                    case .pick: try Road.pick(lot, 5, as: "again")
                    case .load: .load
                    case .depart: .depart(expectedAt: nil)
                    case .arrive:
                        try Road.arrive(lot, received: 4, at: state == .returning ? Melons.location : Road.chilled)
                    case .cancel: .cancel
                    }
                let before = try await base.transferRows()
                var progress: TransferProgress?
                let reason = await stays { progress = try await base.transfer(task, of: reference) }
                let about: Comment = "\(state) \(event)"
                switch state.after(event) {
                case .becomes(let next): #expect(progress?.state == next && progress?.isRepeated == false, about)
                case .picks: #expect(progress?.state == .picking, about)
                case .departs: #expect(progress?.state == .inTransit, about)
                case .arrives: #expect(progress?.state == state, about)
                case .putsBack: #expect(progress?.state == .cancelled, about)
                case .unchanged: #expect(progress?.state == state && progress?.isRepeated == true, about)
                case .refused(let expected): #expect(reason == expected, about)
                }
                let isChanged = progress.map { !$0.isRepeated } ?? false
                #expect(try await (base.transferRows() != before) == isChanged, about)
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("forty melons go north in two picks and three arrivals; some are crushed, one is lost, and all are counted")
    func walk() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.transfer(Road.request(40))
            try await base.transfer(.approve)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 100))
            try await base.transfer(Road.pick(lot, 30, as: "p1"))
            try await base.transfer(Road.pick(lot, 10, as: "p2"))
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 60))
            #expect(try await base.outside("transfer-dock") == 40)
            try await base.transfer(.load)
            try await base.transfer(.depart(expectedAt: nil))
            #expect(try await base.outside("transfer-dock") == 0)
            #expect(try await base.outside("in-transit") == 40)
            #expect(try await base.transfer(Road.arrive(lot, received: 25, as: "a1")).state == .inTransit)
            #expect(try await base.counters(in: Road.north) == PoolCounters(sellable: 25))
            #expect(try await base.transfer(Road.arrive(lot, received: 8, damaged: 4, as: "a2")).state == .inTransit)
            #expect(
                await stays { try await base.transfer(Road.arrive(lot, received: 4, as: "a3")) }
                    == .beyondTransit(left: 3, unit: .piece))
            #expect(try await base.transfer(Road.arrive(lot, received: 2, lost: 1, as: "a4")).state == .closed)
            #expect(try await base.counters(in: Road.north) == PoolCounters(sellable: 35))
            #expect(try await base.standing(Road.chilled, .good) == 35)
            #expect(try await base.standing(Road.chilled, .damaged) == 4)
            #expect(try await base.outside("in-transit") == 0)
            #expect(try await base.outside("loss") == 1)
            let found = try #require(try await base.stock.transfer(Road.reference))
            let counters = try #require(found.lots.first).counters
            #expect(found.lots.count == 1 && found.lines.map(\.picked.rawValue) == [40])
            #expect(
                [counters.shipped, counters.received, counters.damaged, counters.lost, counters.inTransit].map(
                    \.rawValue)
                    == [40, 35, 4, 1, 0])
            #expect(found.losses.map(\.lost.rawValue) == [1, 0] && found.losses.map(\.damaged.rawValue) == [0, 4])
            #expect(found.losses.allSatisfy { $0.answerable.rawValue == "司机张师傅" && $0.actor == "tester" })
            #expect(try await base.stock.lots(of: Melons.melon).lots.count == 1, "the lot stays one lot")
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'transfer.%'") == 9)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what orders have been promised is not moved away, and what is on the road is sold by nobody")
    func promised() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(20)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 8))
                _ = try await intake.desk.place(Melons.order("2", melons: 5, payment: .due(withinSeconds: 60)))
                try await base.transfer(Road.request(20))
                try await base.transfer(.approve)
                let before = try await base.transferRows()
                #expect(
                    await stays { try await base.transfer(Road.pick(lot, 8)) } == .promised(available: 7, unit: .piece))
                #expect(try await base.transferRows() == before)
                try await base.transfer(Road.pick(lot, 7))
                await #expect(throws: IntakeError.self) { try await intake.desk.place(Melons.order("3", melons: 1)) }
                try await base.transfer(.load)
                try await base.transfer(.depart(expectedAt: nil))
                await #expect(throws: IntakeError.self) { try await intake.desk.place(Melons.order("4", melons: 1)) }
                try await base.transfer(Road.arrive(lot, received: 7))
                _ = try await intake.desk.place(Melons.order("5", melons: 7))
            }
            #expect(try await base.counters(in: Road.north) == PoolCounters(sellable: 7, committed: 7))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "what was picked goes back where it was when it is cancelled; what has left turns round, and arrives where it came from"
    )
    func cancelled() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let shelf = try LocationCode("B-01")
            _ = try await base.stock.addLocation(
                code: shelf, in: Melons.warehouse, storageClass: .chilled, by: base.principal)
            for state in [TransferState.picking, .loaded] {
                let reference = Road.key("\(state)")
                try await base.bring(reference, of: lot, into: state, melons: 10)
                #expect(try await base.standing(Melons.location, .good) == 90)
                #expect(try await base.transfer(.cancel, of: reference).state == .cancelled)
                #expect(try await base.standing(Melons.location, .good) == 100)
                #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 100))
            }
            let reference = Road.key("back")
            try await base.bring(reference, of: lot, into: .returning, melons: 10)
            let north = await named { try await base.transfer(Road.arrive(lot, received: 10), of: reference) }
            #expect(north == "no location main N-C")
            let back = try Road.arrive(lot, received: 10, at: shelf)
            #expect(try await base.transfer(back, of: reference).state == .closed)
            #expect(try await base.standing(shelf, .good) == 10)
            #expect(try await base.counters(in: Melons.warehouse) == PoolCounters(sellable: 100))
            #expect(try await base.counters(in: Road.north) == nil)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a shelf that was closed meanwhile takes nothing back before it is open again")
    func closedShelf() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(10)
            try await base.bring(Road.reference, of: lot, into: .picking, melons: 10)
            func close(_ isClosed: Bool) async throws {
                _ = try await base.stock.changeLocation(Melons.location, in: Melons.warehouse, by: base.principal) {
                    $0.isClosed = isClosed
                }
            }
            try await close(true)
            #expect(await named { try await base.transfer(.cancel) } == "closed main A-01")
            #expect(try await base.outside("transfer-dock") == 10)
            try await close(false)
            #expect(try await base.transfer(.cancel).state == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("picks and arrivals are known by their references; another under the same one is refused")
    func repetitions() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            let first = try await base.transfer(Road.request(40))
            #expect(try await base.transfer(Road.request(40)).isRepeated)
            #expect(await stays { try await base.transfer(Road.request(41)) } == .otherTransferUnderReference)
            try await base.transfer(.approve)
            try await base.transfer(Road.pick(lot, 10))
            #expect(try await base.transfer(Road.pick(lot, 10)).isRepeated)
            #expect(await stays { try await base.transfer(Road.pick(lot, 11)) } == .otherUnderReference)
            try await base.transfer(.load)
            #expect(try await base.transfer(Road.pick(lot, 10)).isRepeated, "also when it is loaded")
            try await base.transfer(.depart(expectedAt: nil))
            try await base.transfer(Road.arrive(lot, received: 10))
            let again = try await base.transfer(Road.arrive(lot, received: 10))
            #expect(again.isRepeated && again.state == .closed && again.id == first.id)
            #expect(await stays { try await base.transfer(Road.arrive(lot, lost: 10)) } == .otherUnderReference)
            #expect(try await base.counters(in: Road.north) == PoolCounters(sellable: 10))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what is not there, not asked for, too warm or too cold is refused, and changes nothing")
    func refused() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100, rice: 500)
            let rice = try #require(try await base.stock.lots(of: Melons.rice).lots.first).id
            try await base.transfer(Road.request(40))
            try await base.transfer(.approve)
            let before = try await base.transferRows()
            #expect(await stays { try await base.transfer(Road.pick(rice, 1)) } == .foreignLot(rice))
            #expect(await stays { try await base.transfer(Road.pick(.sample, 1)) } == .foreignLot(.sample))
            #expect(
                await stays { try await base.transfer(Road.pick(lot, 41)) } == .beyondRequest(left: 40, unit: .piece))
            #expect(
                await stays { try await base.transfer(Road.pick(lot, 1, quality: .damaged)) }
                    == .notThere(onHand: 0, unit: .piece))
            let elsewhere = await named { try await base.transfer(Road.pick(lot, 1, at: Road.chilled)) }
            #expect(elsewhere == "no location main N-C")
            let nowhere = await named {
                let request = try TransferRequest(
                    from: WarehouseCode("x"), to: Road.north,
                    lines: [ExpectedGoods(sku: Melons.melon, owner: Melons.owner, quantity: .sample)])
                try await base.transfer(.request(request), of: Road.key("DB-2"))
            }
            #expect(nowhere == "no warehouse x")
            #expect(try await base.transferRows() == before)
            try await base.transfer(Road.pick(lot, 10))
            try await base.transfer(.load)
            try await base.transfer(.depart(expectedAt: nil))
            #expect(
                await stays { try await base.transfer(Road.arrive(lot, received: 10, at: Road.warm)) }
                    == .unsuitable(Road.warm, needs: .chilled))
            #expect(
                await stays { try await base.transfer(Road.arrive(lot, received: 1, quality: .held)) }
                    == .foreignLot(lot))
            let dock = try LocationCode("N-R")
            _ = try await base.stock.addLocation(
                code: dock, in: Road.north, terms: LocationTerms(storageClass: .chilled, purpose: .receiving),
                by: base.principal)
            #expect(
                await stays { try await base.transfer(Road.arrive(lot, received: 10, at: dock)) }
                    == .notForStorage(dock))
            #expect(try await base.transfer(Road.arrive(lot, damaged: 10, at: Road.warm)).state == .closed)
            #expect(try await base.differences().isEmpty)
        }
    }
}
