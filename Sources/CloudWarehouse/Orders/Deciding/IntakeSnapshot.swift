import Postgres

/// What the database says to a batch of commands, read under the locks of the rows that they touch.
struct IntakeSnapshot {
    /// What an order may know of a SKU.
    struct Offer {
        let sku: ID<SKU>
        let price: Price?
    }

    /// So much of a SKU makes one set.
    struct Component {
        let sku: ID<SKU>
        let code: SKUCode
        let quantity: Int64
    }

    /// What a buyer's count is kept by.
    struct CountKey: Hashable {
        let source: OrderSource
        let buyer: Buyer
        let sku: ID<SKU>
    }

    /// An order that is there already.
    struct Recorded {
        let order: PlacedOrder
        let fingerprint: Fingerprint
    }

    /// What a command has to wait for: somebody else has it locked.
    enum Obstacle: Hashable {
        case order(ID<CustomerOrder>)
        case sku(ID<SKU>)
    }

    /// The database's time when the batch began.
    var now = Timestamp(microsecondsSince1970: 0)
    /// The SKUs that exist among those that the batch names.
    var offers: [SKUCode: Offer] = [:]
    /// The codes of all SKUs that it touches.
    var codes: [ID<SKU>: SKUCode] = [:]
    /// What the sets among them are made of.
    var components: [ID<SKU>: [Component]] = [:]
    /// The limits per buyer.
    var limits: [ID<SKU>: BuyerLimit] = [:]
    /// What the buyers of the batch have of limited SKUs.
    var counts: [CountKey: Int64] = [:]
    /// What may be claimed from each pool, in key order.
    var pools: [(key: PoolKey, available: Int64)] = []
    /// The rules of those SKUs that have several pools to choose among.
    var criteria: [ID<SKU>: SourcingCriteria] = [:]
    /// What speaks for each of these pools.
    var merits: [PoolKey: PoolMerits] = [:]
    /// The delivery zones in which the recipients live.
    var zones: [DeliveryZone] = []
    /// Where the orders go that are changed.
    var regions: [ID<CustomerOrder>: String] = [:]
    /// The orders of the batch that were placed before.
    var recorded: [OrderKey: Recorded] = [:]
    /// The orders that it changes, under their locks.
    var orders: [StandingOrder] = []
    /// The orders and the SKUs that somebody else has locked.
    var obstacles: Set<Obstacle> = []
    /// Whose the orders are that somebody else has locked.
    var sources: [ID<CustomerOrder>: OrderSource] = [:]
    /// The ids of the orders that are named by their keys, locked or not.
    var named: [OrderKey: ID<CustomerOrder>] = [:]

    /// How many lines a command drafts, with the parts of sets.
    func lineCount(of command: OrderCommand) -> Int {
        if components.isEmpty { return command.lineCount }
        return command.lines.reduce(0) { count, line in
            count + 1 + (offers[line.sku].flatMap { components[$0.sku]?.count } ?? 0)
        }
    }
}
