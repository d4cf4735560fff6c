public import Postgres

/// By what rules orders get their goods, where several owners or warehouses have them (货源规则).
///
/// One parcel comes before every preference: an order that one warehouse can serve is not split for a rule's sake, and what
/// is not there in the preferred pool comes from another.
public struct Sourcing: Sendable {
    /// The most shares of a SKU, and the most zones of a warehouse.
    public static let maximumTerms = 1_000

    let pool: Pool

    /// The rules of the base that the connections of `pool` belong to.
    public init(pool: Pool) {
        self.pool = pool
    }

    /// The rules of the base whose catalog this is.
    public init(of catalog: Catalog) {
        self.init(pool: catalog.pool)
    }

    // MARK: Reading

    /// The rules, everybody's first, then in the order of the SKUs' codes.
    ///
    /// - Parameter sku: Only what counts for this SKU: its own rule, else everybody's; nil for all.
    public func rules(for sku: SKUCode? = nil) async throws(SourcingError) -> [ListedRule] {
        let rules = try await pool.rows(of: SourcingRules(sku: sku), throwing: SourcingError.self)
        guard sku != nil else { return rules }
        return rules.last.map { [$0] } ?? []
    }

    /// The shares, everybody's first, then in the order of the codes.
    ///
    /// - Parameter sku: Only what counts for this SKU: its own shares, else everybody's; nil for all.
    public func shares(for sku: SKUCode? = nil) async throws(SourcingError) -> [ListedShare] {
        let shares = try await pool.rows(of: SourcingShares(sku: sku), throwing: SourcingError.self)
        guard sku != nil else { return shares }
        let own = shares.filter { $0.sku != nil }
        return own.isEmpty ? shares : own
    }

    /// The delivery zones, in the order of warehouses and ranks.
    public func zones() async throws(SourcingError) -> [ListedZone] {
        try await pool.rows(of: DeliveryZones(), throwing: SourcingError.self)
    }

    // MARK: Changing

    /// Says by what pools of a SKU are chosen, or takes the rule away.
    ///
    /// - Parameters:
    ///   - sku: For this SKU; nil for every one that has no rule of its own.
    ///   - criteria: Nil for none: then everybody's rule counts, or the order of the pools' keys.
    public func setRule(
        _ criteria: SourcingCriteria?, for sku: SKUCode?, by principal: Principal
    ) async throws(SourcingError) {
        try await changing(sku) { transaction, id, ids, now in
            try await transaction.execute(DeleteSourcingRule(sku: id))
            if let criteria {
                try await transaction.execute(InsertSourcingRule(id: ids.next(), sku: id, criteria: criteria))
            }
            let detail = criteria.map { "\"\($0.rawValue)\"" } ?? "null"
            try await transaction.record(
                "sourcing.rule", of: sku?.rawValue ?? "*", by: principal, at: now, detail: #"{"criteria": \#(detail)}"#)
        }
    }

    /// Says how much of what is sold each owner's goods are to be, instead of what was said before; counting starts anew.
    ///
    /// - Parameter sku: For this SKU; nil for every one that has no shares of its own.
    public func setShares(
        _ shares: [SourcingShare], for sku: SKUCode?, by principal: Principal
    ) async throws(SourcingError) {
        try Self.check(shares.map { ("\($0.warehouse)/\($0.owner)", SourcingShare.weights.contains($0.weight)) })
        try await changing(sku) { transaction, id, ids, now in
            let (warehouses, owners) = try await transaction.batch(
                WarehousesByCode(codes: shares.map(\.warehouse)), OwnersByCode(codes: shares.map(\.owner)))
            let (places, people) = (
                Dictionary(warehouses.map { ($0.code, $0.id) }, uniquingKeysWith: { first, _ in first }),
                Dictionary(owners.map { ($0.code, $0.id) }, uniquingKeysWith: { first, _ in first })
            )
            var rows = InsertSourcingShares(sku: id)
            for share in shares {
                guard let place = places[share.warehouse] else { throw SourcingError.unknownWarehouse(share.warehouse) }
                guard let person = people[share.owner] else { throw SourcingError.unknownOwner(share.owner) }
                rows.shares.append((ids.next(), place, person, share.weight))
            }
            _ = try await transaction.batch(DeleteSourcingShares(sku: id), rows, ForgetGiven(sku: id))
            let weights = shares.map { #"["\#(Self.escaped("\($0.warehouse)/\($0.owner)"))", \#($0.weight)]"# }
            try await transaction.record(
                "sourcing.share", of: sku?.rawValue ?? "*", by: principal, at: now,
                detail: #"{"shares": [\#(weights.joined(separator: ", "))]}"#)
        }
    }

    /// Says where a warehouse delivers to, instead of what was said before.
    public func setZones(
        _ zones: [SourcingZone], of warehouse: WarehouseCode, by principal: Principal
    ) async throws(SourcingError) {
        try Self.check(
            zones.map { ($0.region, Recipient.isRegion($0.region) && SourcingZone.ranks.contains($0.rank)) })
        try await pool.transaction(throwing: SourcingError.self) { transaction in
            let now = try await transaction.now()
            guard let place = try await transaction.query(WarehouseByCode(code: warehouse)).first else {
                throw SourcingError.unknownWarehouse(warehouse)
            }
            _ = try await transaction.batch(
                LockSourcing(), DeleteDeliveryZones(warehouse: place.id),
                InsertDeliveryZones(warehouse: place.id, zones: zones))
            try await transaction.record(
                "sourcing.zone", of: warehouse.rawValue, by: principal, at: now,
                detail: #"{"zones": \#(zones.count)}"#)
        }
    }

    /// Runs a change of what counts for a SKU, or for every one; one change comes after another.
    private func changing(
        _ sku: SKUCode?,
        _ body: (Transaction, ID<SKU>?, inout IDGenerator, Timestamp) async throws -> Void
    ) async throws(SourcingError) {
        try await pool.transaction(throwing: SourcingError.self) { transaction in
            let now = try await transaction.now()
            var (id, ids): (ID<SKU>?, IDGenerator) = (nil, IDGenerator(at: now))
            try await transaction.execute(LockSourcing())
            if let sku {
                id = try await transaction.query(SKUsByCode(codes: [sku])).first?.id
                guard id != nil else { throw SourcingError.unknownSKU(sku) }
            }
            try await body(transaction, id, &ids, now)
        }
    }

    private static func check(_ terms: [(name: String, isRight: Bool)]) throws(SourcingError) {
        guard terms.count <= maximumTerms else { throw .tooMany(maximum: maximumTerms) }
        var seen: Set<String> = []
        for (name, isRight) in terms {
            guard isRight else { throw .outOfRange(name) }
            guard seen.insert(name).inserted else { throw .repeated(name) }
        }
    }

    /// Codes are printable ASCII: two of its characters need escaping.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
