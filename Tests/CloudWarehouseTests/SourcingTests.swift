import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Sourcing by rules", .onDatabase)
struct SourcingTests {
    private static let pingan = try! OwnerCode("pingan")
    private static let east = try! WarehouseCode("east")

    /// So many melons of each of two owners in each of two warehouses, each lot with a day on which it expires.
    private static func withChoice(
        _ melons: Int64 = 100, _ body: (TestBase, Sourcing) async throws -> Void
    ) async throws {
        try await TestBase.with { base in
            let by = base.principal
            try await base.prepareMelons()
            _ = try await base.stock.addWarehouse(code: east, name: Name("东仓"), by: by)
            _ = try await base.stock.addLocation(code: Melons.location, in: east, storageClass: .chilled, by: by)
            _ = try await base.catalog.addOwner(code: pingan, name: Name("平安"), kind: .cooperative, by: by)
            for (index, warehouse) in [Melons.warehouse, east].enumerated() {
                let lines = try [Melons.owner, pingan].enumerated().map { number, owner in
                    Receipt.Line(
                        sku: Melons.melon, owner: owner, quantity: try Quantity(melons),
                        expiresOn: CalendarDate("2099-0\(4 - 2 * index - number)-01"))
                }
                _ = try await base.stock.receive(
                    Receipt(
                        reference: ReceiptReference(rawValue: "RK-\(warehouse)")!, warehouse: warehouse,
                        location: Melons.location, lines: lines), by: by)
            }
            try await body(base, Sourcing(pool: base.pool))
        }
    }

    /// What orders have claimed, by warehouse and owner.
    private static func claimed(in base: TestBase) async throws -> [String: Int64] {
        let levels = try await base.stock.levels(of: Melons.melon)
        return Dictionary(
            uniqueKeysWithValues: levels.map {
                (
                    "\($0.position.warehouse)/\($0.position.owner?.rawValue ?? "")",
                    $0.counters.held + $0.counters.committed
                )
            })
    }

    private static func reasons(in base: TestBase) async throws -> [String] {
        let rows = try await base.owner.query(
            sql: "SELECT DISTINCT COALESCE(reason, '') FROM order_line ORDER BY 1"
        ) { row throws(DecodingFailure) in try row.next(String.self) }
        return rows
    }

    private static func place(
        _ references: ClosedRange<Int>, in base: TestBase, recipient: Recipient? = nil
    ) async throws {
        try await base.withIntake(recipientKeys: Recipients.keys) { intake in
            for number in references {
                _ = try await intake.desk.place(Melons.order("\(number)", melons: 1, recipient: recipient))
            }
        }
    }

    @Test("shares of a SKU, or of every one, are kept from batch to batch and by two servers at once; orders say so")
    func quota() async throws {
        try await Self.withChoice { base, sourcing in
            let by = base.principal
            try await sourcing.setRule(SourcingCriteria([.quota]), for: nil, by: by)
            try await sourcing.setShares(
                [
                    SourcingShare(warehouse: Melons.warehouse, owner: Melons.owner, weight: 3),
                    SourcingShare(warehouse: Self.east, owner: Self.pingan, weight: 1),
                ], for: nil, by: by)
            try await base.withIntake { first in
                try await base.withIntake { second in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 1...40 {
                            group.addTask {
                                _ = try await (number % 2 == 0 ? first : second).desk.place(
                                    Melons.order("\(number)", melons: 1))
                            }
                        }
                        try await group.waitForAll()
                    }
                }
            }
            #expect(
                try await Self.claimed(in: base) == [
                    "main/yimaqiao": 30, "main/pingan": 0, "east/yimaqiao": 0, "east/pingan": 10,
                ])
            #expect(try await Self.reasons(in: base) == ["one_parcel+quota"])
            // Shares of its own take the place of everybody's, and count anew.
            try await sourcing.setShares(
                [
                    SourcingShare(warehouse: Melons.warehouse, owner: Self.pingan, weight: 1),
                    SourcingShare(warehouse: Self.east, owner: Self.pingan, weight: 1),
                ], for: Melons.melon, by: by)
            try await Self.place(41...48, in: base)
            #expect(
                try await Self.claimed(in: base) == [
                    "main/yimaqiao": 30, "main/pingan": 4, "east/yimaqiao": 0, "east/pingan": 14,
                ])
            #expect(try await sourcing.shares(for: Melons.melon).map(\.taken) == [4, 4])
            #expect(try await sourcing.shares(for: Melons.rice).map(\.share.weight) == [1, 3])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what expires first goes first, by the lots that lie there and may be sold")
    func expiry() async throws {
        try await Self.withChoice(3) { base, sourcing in
            try await sourcing.setRule(SourcingCriteria([.earliestExpiry]), for: Melons.melon, by: base.principal)
            try await Self.place(1...4, in: base)
            #expect(
                try await Self.claimed(in: base) == [
                    "main/yimaqiao": 0, "main/pingan": 0, "east/yimaqiao": 1, "east/pingan": 3,
                ])
            #expect(try await Self.reasons(in: base) == ["one_parcel+earliest_expiry"])
        }
    }

    @Test("the nearest warehouse serves, also an order that claims again after it was short or its hold has ended")
    func nearest() async throws {
        try await Self.withChoice(5) { base, sourcing in
            let by = base.principal
            try await sourcing.setRule(SourcingCriteria([.nearest, .rotation]), for: nil, by: by)
            try await sourcing.setZones([SourcingZone(region: "浙江省", rank: 1)], of: Self.east, by: by)
            try await sourcing.setZones(
                [SourcingZone(region: "浙江省", rank: 2), SourcingZone(region: "山东省", rank: 1)], of: Melons.warehouse,
                by: by)
            try await Self.place(1...2, in: base, recipient: Recipients.wang)
            #expect(
                try await Self.claimed(in: base) == [
                    "main/yimaqiao": 0, "main/pingan": 0, "east/yimaqiao": 1, "east/pingan": 1,
                ])
            #expect(try await Self.reasons(in: base) == ["one_parcel+nearest", "one_parcel+nearest+rotation"])
            try await Self.place(4...5, in: base, recipient: Recipients.li)
            try await base.withIntake(recipientKeys: Recipients.keys) { intake in
                let held = try await intake.desk.place(
                    Melons.order("3", melons: 1, payment: .due(withinSeconds: 1), recipient: Recipients.li))
                try await base.owner.execute(
                    sql: "UPDATE order_line SET expires_at = now() - interval '1 hour' WHERE claim = 'held'")
                try await base.change(.expire, .id(held.id), at: intake.desk)
                // By turns it would be the other warehouse's; the region says main.
                try await base.change(.pay, .id(held.id), at: intake.desk)
            }
            let claimed = try await Self.claimed(in: base)
            #expect(claimed["main/yimaqiao"]! + claimed["main/pingan"]! == 3)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a rule that is set while an intake runs counts from its next batch on, and one that is taken away no more")
    func changed() async throws {
        try await Self.withChoice { base, sourcing in
            try await base.withIntake { intake in
                func place(_ references: ClosedRange<Int>) async throws {
                    for number in references { _ = try await intake.desk.place(Melons.order("\(number)", melons: 1)) }
                }
                try await place(1...2)
                #expect(try await Self.reasons(in: base) == ["one_parcel"])
                let before = try await Self.claimed(in: base)
                #expect(before.values.sorted() == [0, 0, 0, 2], "in the order of the keys")
                try await sourcing.setRule(SourcingCriteria([.rotation]), for: Melons.melon, by: base.principal)
                try await place(3...10)
                let after = try await Self.claimed(in: base)
                #expect(after.allSatisfy { $0.value == before[$0.key]! + 2 })
                try await sourcing.setRule(nil, for: Melons.melon, by: base.principal)
                try await place(11...12)
                #expect(try await Self.claimed(in: base).values.sorted() == [2, 2, 2, 6])
                #expect(try await base.number("SELECT sum(taken)::bigint FROM sourcing_taken") == 8)
            }
        }
    }

    @Test("what is set is listed, everybody's first, is in the audit log, and is replaced as a whole")
    func listed() async throws {
        try await Self.withChoice { base, sourcing in
            let by = base.principal
            try await sourcing.setRule(SourcingCriteria([.nearest, .quota]), for: nil, by: by)
            try await sourcing.setRule(SourcingCriteria([.rotation]), for: Melons.melon, by: by)
            #expect(try await sourcing.rules().map(\.sku) == [nil, Melons.melon])
            #expect(try await sourcing.rules(for: Melons.melon).map(\.criteria.all) == [[.rotation]])
            #expect(try await sourcing.rules(for: Melons.rice).map(\.criteria.all) == [[.nearest, .quota]])
            try await sourcing.setZones([SourcingZone(region: "浙江省", rank: 2)], of: Self.east, by: by)
            try await sourcing.setZones([SourcingZone(region: "山东省", rank: 3)], of: Self.east, by: by)
            #expect(
                try await sourcing.zones() == [ListedZone(warehouse: Self.east, zone: .init(region: "山东省", rank: 3))])
            let share = SourcingShare(warehouse: Self.east, owner: Self.pingan, weight: 7)
            try await sourcing.setShares([share], for: Melons.melon, by: by)
            try await sourcing.setShares([], for: Melons.melon, by: by)
            #expect(try await sourcing.shares().isEmpty)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action LIKE 'sourcing.%'") == 6)
        }
    }

    /// The case of the error that a change ends with, in a word.
    private static func refusal(_ change: () async throws(SourcingError) -> Void) async -> String? {
        do throws(SourcingError) {
            try await change()
            return nil
        } catch {
            switch error {
            case .unknownSKU: return "SKU"
            case .unknownWarehouse: return "warehouse"
            case .unknownOwner: return "owner"
            case .repeated(let name): return "\(name) twice"
            case .outOfRange(let name): return "\(name) out of range"
            case .tooMany: return "too many"
            case .database: return "database"
            }
        }
    }

    @Test("what there is not, is there twice or is out of range is refused by name, and changes nothing")
    func refused() async throws {
        try await Self.withChoice { base, sourcing in
            let (by, fig) = (base.principal, try SKUCode("fig"))
            func share(_ warehouse: String, _ owner: String, _ weight: Int32 = 1) -> SourcingShare {
                SourcingShare(
                    warehouse: WarehouseCode(rawValue: warehouse)!, owner: OwnerCode(rawValue: owner)!, weight: weight)
            }
            func shares(_ shares: [SourcingShare], _ sku: SKUCode? = nil) async -> String? {
                await Self.refusal { () throws(SourcingError) in try await sourcing.setShares(shares, for: sku, by: by)
                }
            }
            func zones(_ zones: [SourcingZone], _ warehouse: WarehouseCode = Self.east) async -> String? {
                await Self.refusal { () throws(SourcingError) in
                    try await sourcing.setZones(zones, of: warehouse, by: by)
                }
            }
            #expect(await shares([share("east", "pingan")]) == nil)
            #expect(await shares([share("east", "pingan")], fig) == "SKU")
            #expect(await shares([share("west", "pingan")]) == "warehouse")
            #expect(await shares([share("east", "nobody")]) == "owner")
            #expect(await shares([share("east", "pingan"), share("east", "pingan", 2)]) == "east/pingan twice")
            #expect(await shares([share("east", "pingan", 0)]) == "east/pingan out of range")
            #expect(await shares([share("east", "pingan", 10_001)]) == "east/pingan out of range")
            #expect(await zones([SourcingZone(region: "浙江省", rank: 1)], try! WarehouseCode("west")) == "warehouse")
            #expect(await zones([SourcingZone(region: "", rank: 1)]) == " out of range")
            #expect(await zones([SourcingZone(region: "浙江省", rank: 0)]) == "浙江省 out of range")
            #expect(await zones((1...1_001).map { SourcingZone(region: "\($0)", rank: 1) }) == "too many")
            #expect(
                await Self.refusal { () throws(SourcingError) in
                    try await sourcing.setRule(nil, for: fig, by: by)
                } == "SKU")
            #expect(try await sourcing.shares().map(\.share) == [share("east", "pingan")])
            #expect(try await sourcing.zones().isEmpty)
        }
    }
}
