import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Putting pools in order")
struct SourcingRuleTests {
    private static func order(
        _ criteria: SourcingCriterion..., quantity: Int64 = 1, among merits: [PoolMerits]
    ) -> [Int] {
        SourcingRule(SourcingCriteria(criteria)!, for: quantity, among: merits).order
    }

    private static func day(_ day: Int32) -> CalendarDate { CalendarDate(daysSince1970: day) }

    @Test("what expires first goes first, and what keeps for ever last")
    func expiry() {
        let days: [Int32?] = [nil, 20, 10, 30, nil]
        let merits = days.map { PoolMerits(expiresOn: $0.map { Self.day($0) }) }
        #expect(Self.order(.earliestExpiry, among: merits) == [2, 1, 3, 0, 4])
    }

    @Test("the nearest goes first, and what no zone names last")
    func nearest() {
        let merits: [PoolMerits] = [3, nil, 1, 2].map { PoolMerits(rank: $0) }
        #expect(Self.order(.nearest, among: merits) == [2, 3, 0, 1])
    }

    @Test("of several zones of a warehouse that fit a region the longest counts; one of which no zone fits has no rank")
    func zones() {
        let (near, far) = (
            ID<Warehouse>(rawValue: .init(high: 1, low: 0)), ID<Warehouse>(rawValue: .init(high: 2, low: 0))
        )
        let zones = [
            DeliveryZone(warehouse: near, region: "浙江省", rank: 5),
            DeliveryZone(warehouse: near, region: "浙江省杭州市", rank: 1),
            DeliveryZone(warehouse: far, region: "浙江省", rank: 3), DeliveryZone(warehouse: far, region: "山东省", rank: 1),
        ]
        #expect(DeliveryZone.ranks(of: zones, in: "浙江省杭州市西湖区") == [near: 1, far: 3])
        #expect(DeliveryZone.ranks(of: zones.reversed(), in: "浙江省宁波市") == [near: 5, far: 3])
        #expect(DeliveryZone.ranks(of: zones, in: "山东省淄博市") == [far: 1])
    }

    @Test(
        "whoever was served the longest time ago has the turn: pools alternate, and a new one takes one turn, not many")
    func rotation() {
        var merits = [PoolMerits](repeating: PoolMerits(), count: 3)
        var served: [Int] = []
        for turn: Int64 in 1...9 {
            let next = Self.order(.rotation, among: merits)[0]
            merits[next].turn = turn
            served.append(next)
        }
        #expect(served == [0, 1, 2, 0, 1, 2, 0, 1, 2])
        merits.append(PoolMerits())
        for turn: Int64 in 10...14 {
            let next = Self.order(.rotation, among: merits)[0]
            merits[next].turn = turn
            served.append(next)
        }
        #expect(served.suffix(5) == [3, 0, 1, 2, 3])
    }

    @Test("the first criterion that tells two apart decides, and the reason names those that did")
    func inOrder() {
        let merits = [
            PoolMerits(turn: 4, expiresOn: Self.day(10)), PoolMerits(turn: 3, expiresOn: Self.day(10)),
            PoolMerits(turn: 1, expiresOn: Self.day(30)),
        ]
        let rule = SourcingRule(SourcingCriteria([.earliestExpiry, .rotation])!, for: 1, among: merits)
        #expect(rule.order == [1, 0, 2])
        #expect(rule.reasons(for: 1) == [.earliestExpiry, .rotation])
        #expect(rule.reasons(for: 0) == [.earliestExpiry])
        #expect(rule.reasons(for: 2) == [])
        #expect(SourcingRule(SourcingCriteria([.nearest])!, for: 1, among: merits).order == [0, 1, 2], "nothing tells")
    }

    @Test("shares are kept to within one order, at any moment, however many there are", arguments: 1...60)
    func quota(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let weights = (0..<random.pick(2...9)).map { _ in random.pick(1...(random.once(in: 2) ? 9 : 10_000)) }
        let quantity = random.pick(1...1_000)
        var merits = weights.map { PoolMerits(weight: $0) }
        merits.append(PoolMerits())
        let sum = weights.reduce(0, +)
        for round: Int64 in 1...400 {
            let order = Self.order(.quota, quantity: quantity, among: merits)
            #expect(Set(order).count == merits.count && order.last == weights.count, "one without a share comes last")
            merits[order[0]].taken += quantity
            for merit in merits.dropLast() {
                let difference = merit.taken * sum - merit.weight * round * quantity
                #expect(abs(difference) < quantity * sum, "\(weights), round \(round)")
            }
        }
    }

    @Test("with orders of any size shares are kept to within two of the largest", arguments: 1...30)
    func quotaOfSizes(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let weights = (0..<random.pick(2...5)).map { _ in random.pick(1...9) }
        var merits = weights.map { PoolMerits(weight: $0) }
        let sum = weights.reduce(0, +)
        var total: Int64 = 0
        for _ in 1...400 {
            let quantity = random.pick(1...50)
            merits[Self.order(.quota, quantity: quantity, among: merits)[0]].taken += quantity
            total += quantity
            for merit in merits { #expect(abs(merit.taken * sum - merit.weight * total) <= 100 * sum) }
        }
    }

    @Test("what was given is counted to its limits without overflow")
    func large() {
        let merits = [PoolMerits(weight: 10_000, taken: .max), PoolMerits(weight: 1, taken: .max)]
        #expect(Self.order(.quota, quantity: 1_000_000_000_000_000, among: merits) == [0, 1])
    }

    @Test("criteria are one or more, each once, and are stored as they are read")
    func criteria() {
        #expect(SourcingCriteria([]) == nil && SourcingCriteria([.quota, .nearest, .quota]) == nil)
        let all = SourcingCriteria(SourcingCriterion.allCases)!
        #expect(all.rawValue == "quota+rotation+earliest_expiry+nearest")
        #expect(SourcingCriteria(rawValue: all.rawValue) == all)
        #expect(SourcingReason(rawValue: "one_parcel+\(all.rawValue)") != nil)
        for text in ["", "quota+", "+quota", "quotas", "quota nearest", "quota+quota"] {
            #expect(SourcingCriteria(rawValue: text) == nil, "\(text)")
        }
    }
}
