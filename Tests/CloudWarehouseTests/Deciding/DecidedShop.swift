import Postgres
import Testing

@testable import CloudWarehouse

/// A base that lives in memory: batches are decided against it, and it becomes what they would write.
struct DecidedShop {
    /// A SKU that costs one fen for each base unit, if nothing else is said, with pools of so much, each in a warehouse.
    typealias Stock = KeyValuePairs<String, [Int64]>

    static let source = OrderSource(rawValue: "shop")!

    private(set) var snapshot = IntakeSnapshot()
    /// What the last batch made of it.
    private(set) var last: OrderDecider?
    private var ids = IDGenerator(at: Timestamp(microsecondsSince1970: 0))
    private var warehouses: [ID<Warehouse>] = []
    private let owner: ID<Owner>

    init(_ stock: Stock) throws {
        owner = ids.next()
        for _ in 0..<4 { warehouses.append(ids.next()) }
        snapshot.now = Timestamp(microsecondsSince1970: 1_800_000_000_000_000)
        for (code, quantities) in stock { try add(code, quantities) }
    }

    // MARK: What is there

    mutating func add(
        _ code: String, _ quantities: [Int64], price: Price? = try! Price(fen: Fen(rawValue: 1), per: Quantity(1))
    )
        throws
    {
        let (code, sku) = (try SKUCode(code), ids.next(SKU.self))
        snapshot.offers[code] = IntakeSnapshot.Offer(sku: sku, price: price)
        snapshot.codes[sku] = code
        for (index, quantity) in quantities.enumerated() {
            snapshot.pools.append((PoolKey(sku: sku, warehouse: warehouses[index], owner: owner), quantity))
        }
        snapshot.pools.sort { $0.key < $1.key }
    }

    func sku(_ code: String) -> ID<SKU> { snapshot.offers[SKUCode(rawValue: code)!]!.sku }

    mutating func reprice(_ code: String, to price: Price?) {
        snapshot.offers[SKUCode(rawValue: code)!] = IntakeSnapshot.Offer(sku: sku(code), price: price)
    }

    mutating func makeSet(_ code: String, of components: KeyValuePairs<String, Int64>) {
        snapshot.components[sku(code)] = components.map { component, quantity in
            IntakeSnapshot.Component(
                sku: sku(component), code: SKUCode(rawValue: component)!, quantity: quantity)
        }
    }

    /// Makes a set of one of each.
    mutating func makeSet(_ code: String, of components: [String]) {
        snapshot.components[sku(code)] = components.map {
            IntakeSnapshot.Component(sku: sku($0), code: SKUCode(rawValue: $0)!, quantity: 1)
        }
    }

    mutating func limit(_ code: String, to quantity: Int64) {
        snapshot.limits[sku(code)] = BuyerLimit(
            quantity: try! Quantity(quantity), since: Timestamp(microsecondsSince1970: 0))
    }

    mutating func receive(_ quantity: Int64, of code: String, in warehouse: Int = 0) {
        let key = PoolKey(sku: sku(code), warehouse: warehouses[warehouse], owner: owner)
        let index = snapshot.pools.firstIndex { $0.key == key }!
        snapshot.pools[index].available += quantity
    }

    /// Has a SKU's pools chosen by these criteria; what speaks for each is in the order of the warehouses.
    mutating func source(
        _ code: String, by criteria: [SourcingCriterion], weights: [Int64] = [], expiries: [Int32?] = []
    ) {
        let sku = sku(code)
        snapshot.criteria[sku] = SourcingCriteria(criteria)
        for (index, warehouse) in warehouses.enumerated() {
            snapshot.merits[PoolKey(sku: sku, warehouse: warehouse, owner: owner)] = PoolMerits(
                weight: index < weights.count ? weights[index] : 0,
                expiresOn: index < expiries.count ? expiries[index].map { CalendarDate(daysSince1970: $0) } : nil)
        }
    }

    mutating func deliver(from warehouse: Int, to region: String, rank: Int32) {
        snapshot.zones.append(DeliveryZone(warehouse: warehouses[warehouse], region: region, rank: rank))
    }

    mutating func pass(_ time: Duration) { snapshot.now = snapshot.now.advanced(by: time) }

    /// What its pools have left, in the order of the warehouses.
    func left(_ code: String) -> [Int64] {
        let sku = sku(code)
        return warehouses.compactMap { warehouse in
            snapshot.pools.first { $0.key.sku == sku && $0.key.warehouse == warehouse }?.available
        }
    }

    /// What a buyer has of a SKU.
    func has(_ buyer: String, _ code: String) -> Int64 {
        snapshot.counts[.init(source: Self.source, buyer: Buyer(rawValue: buyer)!, sku: sku(code))] ?? 0
    }

    func order(_ reference: String) -> StandingOrder? { snapshot.orders.first { $0.key == Self.key(reference) } }

    /// The lines of an order that are wanted, as `position[<header] code quantity claim [warehouse]`.
    func lines(_ reference: String) -> [String] {
        order(reference)!.lines.filter(\.isLive).map { line in
            let header = line.partOf.map { "<\($0)" } ?? ""
            let warehouse = line.pool.map { " @\(warehouses.firstIndex(of: $0.warehouse)!)" } ?? ""
            return "\(line.position)\(header) \(snapshot.codes[line.sku]!) \(line.remaining) \(line.claim)\(warehouse)"
        }
    }

    // MARK: What is asked

    static func key(_ reference: String) -> OrderKey {
        OrderKey(source: source, reference: OrderReference(rawValue: reference)!)
    }

    static func lines(_ lines: KeyValuePairs<String, Int64>) -> [PlaceOrder.Line] {
        lines.map { PlaceOrder.Line(sku: try! SKUCode($0), quantity: try! Quantity($1)) }
    }

    /// Places an order of these lines.
    static func place(
        _ reference: String, _ lines: KeyValuePairs<String, Int64>, _ payment: PlaceOrder.Payment = .paid,
        buyer: String? = nil, region: String? = nil
    ) -> OrderCommand {
        .place(
            try! PlaceOrder(
                source: source, reference: OrderReference(rawValue: reference)!, lines: self.lines(lines),
                payment: payment, terms: OrderTerms(buyer: buyer.flatMap(Buyer.init)),
                recipient: region.map {
                    try! Recipient(name: "王小明", phone: "13812345678", region: $0, address: "文三路 90 号")
                }))
    }

    static func change(
        _ reference: String, _ change: ChangeOrder.Change, revision: Int32? = nil
    ) -> OrderCommand {
        .change(try! ChangeOrder(change, .key(key(reference)), revision: revision, by: nil))
    }

    static func edit(
        _ reference: String, _ lines: KeyValuePairs<String, Int64>, revision: Int32? = nil
    ) -> OrderCommand {
        change(reference, .edit(self.lines(lines)), revision: revision)
    }

    /// So much of each line is to remain.
    static func reduce(
        _ reference: String, _ remainders: KeyValuePairs<Int16, Int64>, revision: Int32? = nil
    ) -> OrderCommand {
        let remainders = remainders.map { ChangeOrder.Remainder(position: $0, quantity: try! Quantity($1)) }
        return change(reference, .reduce(remainders), revision: revision)
    }

    // MARK: What is decided

    /// Decides a batch, makes of the base what the batch writes, and checks that it is consistent; gives the answers in words.
    ///
    /// - Parameter obstacles: What somebody else has locked: the batch gets no row of it.
    mutating func run(
        _ commands: [OrderCommand], lockedByOthers obstacles: Set<IntakeSnapshot.Obstacle> = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> [String] {
        var seen = snapshot
        seen.obstacles = obstacles
        seen.pools.removeAll { obstacles.contains(.sku($0.key.sku)) }
        for order in seen.orders where obstacles.contains(.order(order.id)) {
            seen.sources[order.id] = order.key.source
        }
        seen.orders.removeAll { obstacles.contains(.order($0.id)) }
        var decider = OrderDecider(seen)
        let verdicts = decider.decide(commands)
        let before = snapshot
        write(decider)
        last = decider
        check(before, decider, sourceLocation)
        return verdicts.map(Self.words)
    }

    private mutating func write(_ decider: OrderDecider) {
        for change in decider.book.changes {
            let index = snapshot.pools.firstIndex { $0.key == change.key }!
            snapshot.pools[index].available -= change.change.held + change.change.committed
        }
        for (id, order) in decider.orders {
            snapshot.named[order.key] = id
            if let index = snapshot.orders.firstIndex(where: { $0.id == id }) {
                snapshot.orders[index] = order
            } else {
                snapshot.orders.append(order)
            }
        }
        snapshot.recorded = decider.recorded
        for (key, change) in decider.sourcing.changes {
            snapshot.merits[key]?.taken += change.taken
            snapshot.merits[key]?.turn = change.turn
        }
        for (key, count) in decider.counts { snapshot.counts[key] = count.taken }
    }

    static func words(_ verdict: OrderVerdict) -> String {
        switch verdict {
        case .answer(.placed(let order)): "placed \(order.total.rawValue)\(order.isShort ? " short" : "")"
        case .answer(.changed(let changed)):
            "\(changed.order.state.rawValue) \(changed.order.total.rawValue) r\(changed.order.revision)\(changed.isRepeated ? " again" : "")"
        case .refuse(let refusal): "\(refusal)"
        case .wait: "waits"
        }
    }
}
