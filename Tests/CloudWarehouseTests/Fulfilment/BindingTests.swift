import Postgres
import Testing

@testable import CloudWarehouse

@Suite("Lots and parcels, decided without a database")
struct BindingTests {
    private var generator = SystemRandomNumberGenerator()
    private static let sku = ID<SKU>.sample
    private static let owner = ID<Owner>.sample

    private static func shelf(
        _ lot: ID<Lot>, _ free: Int64, expires: Int32? = nil, walk: Int32? = nil, location: ID<Location> = .sample,
        _ storageClass: StorageClass = .chilled
    ) -> Shelf {
        Shelf(
            sku: sku, owner: owner, lot: lot, location: location, storageClass: storageClass,
            expiresOn: expires.map(CalendarDate.init(daysSince1970:)), walk: walk.flatMap(PickSequence.init(rawValue:)),
            free: free)
    }

    private static func line(
        _ quantity: Int64, order: ID<CustomerOrder> = .sample, grams: Int64? = nil, most: Int64? = nil
    ) -> LineToBind {
        LineToBind(
            order: order, position: 1, sku: sku, skuCode: .sample, owner: owner, quantity: quantity, unitGrams: grams,
            mostPerParcel: most
        )
    }

    private static func ids<Entity>(_ count: Int, _ entity: Entity.Type) -> [ID<Entity>] {
        var ids = IDGenerator(at: Timestamp(microsecondsSince1970: 1_000_000))
        return (0..<count).map { _ in ids.next() }
    }

    @Test("what expires first goes first, then the older lot, then the shelf that is nearer")
    func order() {
        let (lots, places) = (Self.ids(4, Lot.self), Self.ids(2, Location.self))
        var binder = LotBinder([
            Self.shelf(lots[0], 5), Self.shelf(lots[1], 5, expires: 20), Self.shelf(lots[2], 5, expires: 10),
            Self.shelf(lots[3], 2, expires: 10, walk: 9, location: places[0]),
            Self.shelf(lots[3], 2, expires: 10, walk: 1, location: places[1]),
        ])
        let bindings = binder.bind(16, of: Self.sku, owner: Self.owner)
        #expect(bindings.map(\.lot) == [lots[2], lots[3], lots[3], lots[1], lots[0]])
        #expect(bindings.map(\.quantity) == [5, 2, 2, 5, 2])
        #expect(bindings[1].location == places[1])
        #expect(binder.left(of: Self.sku, owner: Self.owner) == 3)
    }

    @Test("an order is bound whole or not at all, and a large one does not keep the small ones from their goods")
    func wholeOrNothing() {
        let orders = Self.ids(3, CustomerOrder.self)
        var binder = OrderBinder(lots: LotBinder([Self.shelf(.sample, 10)]), isPartial: false)
        #expect(binder.bind([Self.line(4, order: orders[0])]).outcome == .bound)
        #expect(binder.bind([Self.line(7, order: orders[1])]).outcome == .short)
        #expect(binder.bind([Self.line(4, order: orders[2]), Self.line(3, order: orders[2])]).outcome == .short)
        #expect(binder.bind([Self.line(6, order: orders[2])]).outcome == .bound)
        #expect(binder.bind([]).outcome == .changed)
        var partial = OrderBinder(lots: LotBinder([Self.shelf(.sample, 10)]), isPartial: true)
        let some = partial.bind([Self.line(7), Self.line(7)])
        #expect(some.outcome == .partial && some.bound.flatMap(\.bindings).map(\.quantity) == [7, 3])
        #expect(partial.bind([Self.line(1)]).outcome == .short)
    }

    @Test("nothing is bound twice, nothing is left lying that was asked for, and the lots that remain expire later")
    func properties() {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<300 {
            let lots = Self.ids(8, Lot.self)
            let shelves = lots.map { lot in
                Self.shelf(
                    lot, .random(in: 0...20, using: &generator),
                    expires: Bool.random(using: &generator) ? .random(in: 1...6, using: &generator) : nil)
            }
            var binder = LotBinder(shelves)
            var left = Dictionary(shelves.map { ($0.lot, $0.free) }, uniquingKeysWith: { $1 })
            let end = Dictionary(
                shelves.map { ($0.lot, $0.expiresOn?.daysSince1970 ?? .max) }, uniquingKeysWith: { $1 })
            for _ in 0..<12 {
                let asked = Int64.random(in: 1...15, using: &generator)
                let there = left.values.reduce(0, +)
                let bindings = binder.bind(asked, of: Self.sku, owner: Self.owner)
                #expect(bindings.reduce(0) { $0 + $1.quantity } == min(asked, there), "round \(round)")
                for binding in bindings {
                    left[binding.lot, default: 0] -= binding.quantity
                    #expect(binding.quantity > 0 && left[binding.lot]! >= 0)
                }
                let latest = bindings.compactMap { end[$0.lot] }.max() ?? .min
                #expect(left.allSatisfy { $0.value == 0 || end[$0.key]! >= latest }, "round \(round)")
            }
        }
    }

    @Test("goods of one person, shop and storage class share a parcel; too many or too heavy ones are divided")
    func parcels() throws {
        let orders = Self.ids(3, CustomerOrder.self)
        func group(_ index: Int) -> RecipientGroup {
            RecipientGroup(source: .sample, shop: nil, keyID: nil, mergeKey: nil, order: orders[index])
        }
        func bound(_ line: LineToBind, _ classes: StorageClass...) -> BoundLine {
            let share = line.quantity / Int64(classes.count)
            return BoundLine(
                line: line,
                bindings: classes.map {
                    LotBinding(lot: .sample, location: .sample, storageClass: $0, quantity: share)
                })
        }
        let maker = ParcelMaker(mostGrams: 10_000, isSingle: false)
        let shared = try maker.parcels(of: [
            (group(0), bound(Self.line(2, order: orders[0], grams: 1_500), .chilled)),
            (group(0), bound(Self.line(3, order: orders[1], grams: 1_500), .chilled)),
            (group(1), bound(Self.line(1, order: orders[2], grams: 1_500), .chilled)),
        ])
        #expect(shared.map(\.orders) == [[orders[0], orders[1]], [orders[2]]])
        #expect(shared.map(\.expectedGrams) == [7_500, 1_500])
        let cold = try maker.parcels(of: [(group(0), bound(Self.line(4), .chilled, .frozen))])
        #expect(cold.map(\.storageClass) == [.chilled, .frozen] && cold.map(\.expectedGrams) == [nil, nil])
        let heavy = try maker.parcels(of: [(group(0), bound(Self.line(5, grams: 4_000), .chilled))])
        #expect(heavy.map { $0.items.map(\.quantity) } == [[2], [2], [1]])
        let monster = try maker.parcels(of: [(group(0), bound(Self.line(2, grams: 40_000), .chilled))])
        #expect(monster.map { $0.items.map(\.quantity) } == [[1], [1]], "one that is too heavy goes alone")
        let many = try maker.parcels(of: [(group(0), bound(Self.line(5, most: 3), .chilled))])
        #expect(many.map { $0.items.map(\.quantity) } == [[3], [2]])
    }

    @Test("goods that would need parcels without end are refused by their SKU before one is made")
    func tooManyParcels() throws {
        let group = RecipientGroup(source: .sample, shop: nil, keyID: nil, mergeKey: nil, order: .sample)
        func made(_ quantity: Int64, orders: Int, grams: Int64? = nil, most: Int64? = nil) throws -> Int {
            let lines = Self.ids(orders, CustomerOrder.self).map { order in
                let binding = LotBinding(
                    lot: .sample, location: .sample, storageClass: .chilled, quantity: quantity)
                let line = Self.line(quantity, order: order, grams: grams, most: most)
                return (group: group, line: BoundLine(line: line, bindings: [binding]))
            }
            return try ParcelMaker(mostGrams: 1_000, isSingle: false).parcels(of: lines).count
        }
        func refused(_ most: Int64) -> FulfilmentError { .waveStays(.tooManyParcels(.sample, atMost: most)) }
        #expect(try made(500, orders: 1, most: 1) == 500)
        #expect(throws: refused(500)) { try made(501, orders: 1, most: 1) }
        #expect(throws: refused(500)) { try made(Quantity.maximum.rawValue, orders: 1, grams: 1_000) }
        #expect(throws: refused(500)) { try made(Quantity.maximum.rawValue, orders: 1, grams: 5_000) }
        #expect(throws: refused(20_000)) { try made(401, orders: 50, most: 1) }
        #expect(try made(1, orders: 30, most: 40) == 1, "what shares a parcel is no further one")
    }

    @Test("check digits are those of the postal union, and of other numbers nobody can tell")
    func checkDigits() throws {
        #expect(CheckDigit.fits(try TrackingNumber("RA473124829CN")) == true)
        #expect(CheckDigit.fits(try TrackingNumber("RR473124829CN")) == true, "letters do not count")
        #expect(CheckDigit.fits(try TrackingNumber("RA473124828CN")) == false)
        #expect(CheckDigit.fits(try TrackingNumber("RA473142829CN")) == false, "two digits changed places")
        #expect(CheckDigit.fits(try TrackingNumber("75312345678901")) == nil)
    }

    @Test("a parcel may weigh what its goods weigh and a box, and not much less")
    func weights() {
        #expect(WeightCheck.fits(2_000, expected: 2_000))
        #expect(WeightCheck.fits(1_900, expected: 2_000) && !WeightCheck.fits(1_899, expected: 2_000))
        #expect(WeightCheck.fits(3_800, expected: 2_000) && !WeightCheck.fits(3_801, expected: 2_000))
    }
}
