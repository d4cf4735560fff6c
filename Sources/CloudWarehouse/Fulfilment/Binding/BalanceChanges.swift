import Postgres

/// What becomes of balances in one transaction: each key once, in key order, so that everybody locks them alike.
struct BalanceChanges {
    struct Change: Hashable {
        var onHand: Int64 = 0
        var allocated: Int64 = 0
    }

    private(set) var changes: [BalanceKey: Change] = [:]
    private var owners: [BalanceKey: ID<Owner>] = [:]

    mutating func add(
        _ key: BalanceKey, of owner: ID<Owner>, onHand: Int64 = 0, allocated: Int64 = 0
    ) {
        changes[key, default: Change()].onHand += onHand
        changes[key, default: Change()].allocated += allocated
        owners[key] = owner
    }

    private var sorted: [(key: BalanceKey, change: Change)] {
        changes.map { ($0.key, $0.value) }.sorted { $0.key.isBefore($1.key) }
    }

    /// Makes those that something comes to and locks all of them. Only then are they changed.
    func lock(in transaction: Transaction) async throws {
        let keys = sorted.map(\.key)
        if keys.isEmpty { return }
        let coming = keys.filter { (changes[$0]?.onHand ?? 0) > 0 }
        _ = try await transaction.batch(
            MakeBalances(keys: coming.map { (key: $0, owner: owners[$0]!) }), LockBalances(keys: keys))
    }

    /// Writes them.
    func write(to pipeline: inout Pipeline) {
        if !changes.isEmpty { pipeline.add(ChangeBalances(changes: sorted)) }
    }
}

extension BalanceKey {
    /// As the primary key of the table orders them.
    func isBefore(_ other: BalanceKey) -> Bool {
        if sku != other.sku { return sku < other.sku }
        if location != other.location { return location < other.location }
        if lot != other.lot { return lot < other.lot }
        return quality.rawValue < other.quality.rawValue
    }

    /// Of good goods of a lot.
    init(good lot: ID<Lot>, of sku: ID<SKU>, at location: ID<Location>) {
        self.init(sku: sku, location: location, lot: lot, quality: .good)
    }
}

/// Makes balances that are not there, of nothing, in key order.
struct MakeBalances: Command {
    let keys: [(key: BalanceKey, owner: ID<Owner>)]

    static let sql = """
        INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
        SELECT sku_id, location_id, lot_id, owner_id, quality, 0
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[])
            AS new (sku_id, location_id, lot_id, owner_id, quality)
        ORDER BY sku_id, location_id, lot_id, quality
        ON CONFLICT (sku_id, location_id, lot_id, quality) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.key.sku))
        parameters.append(keys.map(\.key.location))
        parameters.append(keys.map(\.key.lot))
        parameters.append(keys.map(\.owner))
        parameters.append(keys.map(\.key.quality))
    }
}

/// Changes balances that the transaction has locked.
struct ChangeBalances: Command {
    let changes: [(key: BalanceKey, change: BalanceChanges.Change)]

    static let sql = """
        UPDATE balance SET on_hand = balance.on_hand + change.on_hand, allocated = balance.allocated + change.allocated
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[])
            AS change (sku_id, location_id, lot_id, quality, on_hand, allocated)
        WHERE balance.sku_id = change.sku_id AND balance.location_id = change.location_id
            AND balance.lot_id = change.lot_id AND balance.quality = change.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(changes.map(\.key.sku))
        parameters.append(changes.map(\.key.location))
        parameters.append(changes.map(\.key.lot))
        parameters.append(changes.map(\.key.quality))
        parameters.append(changes.map(\.change.onHand))
        parameters.append(changes.map(\.change.allocated))
    }
}
