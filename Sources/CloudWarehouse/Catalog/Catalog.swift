public import Postgres

/// What is sold, by whom, and for how much.
public struct Catalog: Sendable {
    /// The most entries that one import takes.
    public static let maximumEntries = 10_000
    /// The most SKUs that one page lists.
    public static let maximumPage: Int32 = 1_000

    let pool: Pool

    /// The catalog of the base that the connections of `pool` belong to.
    public init(pool: Pool) {
        self.pool = pool
    }

    /// Adds an owner.
    public func addOwner(
        code: OwnerCode, name: Name, kind: Owner.Kind, by principal: Principal
    ) async throws(CatalogError) -> Owner {
        do throws(CatalogError) {
            return try await pool.transaction(throwing: CatalogError.self) { transaction in
                let now = try await transaction.now()
                var ids = IDGenerator(at: now)
                let owner = Owner(id: ids.next(), code: code, name: name, kind: kind)
                try await transaction.execute(InsertOwner(owner: owner, at: now))
                try await transaction.execute(
                    InsertAuditEntry(
                        id: ids.next(), principal: principal, action: "owner.add", subject: code.rawValue,
                        detail: JSONB(text: "{}"), at: now))
                return owner
            }
        } catch {
            throw error.naming(.uniqueViolation, as: .codeTaken)
        }
    }

    /// Lists the owners in the order of their codes, a page at a time: at most `limit`, the first ones after `after`.
    ///
    /// - Parameter code: Only this owner; nil for all.
    public func owners(
        only code: OwnerCode? = nil, after: OwnerCode? = nil, limit: Int32 = maximumPage
    ) async throws(CatalogError) -> [Owner] {
        if let code { return try await pool.rows(of: OwnersByCode(codes: [code]), throwing: CatalogError.self) }
        let limit = min(max(limit, 1), Self.maximumPage)
        return try await pool.rows(of: OwnersInOrder(after: after, limit: limit), throwing: CatalogError.self)
    }

    /// Imports a list of SKUs as a whole or not at all; importing it again changes nothing.
    ///
    /// A new code makes a product with one SKU; a known one gets the entry's name, category and price.
    /// - Parameter renamesCategories: Whether a category that is there gets the name that an entry gives it; the
    ///   categories are everybody's.
    /// - Parameter condition: Whether the import is wanted, given the SKUs that are there and that nobody else can change until
    ///   it is done; nil for always. It is asked when nothing else is wrong with the import.
    /// - Returns: How many entries were new, changed, and as they were.
    public func importEntries(
        _ entries: [CatalogEntry], of owner: OwnerCode, renamesCategories: Bool = true, by principal: Principal,
        if condition: (@Sendable ([SKU]) -> Bool)? = nil
    ) async throws(CatalogError) -> CatalogReport {
        guard entries.count <= Self.maximumEntries else { throw .tooManyEntries(maximum: Self.maximumEntries) }
        do throws(CatalogError) {
            return try await pool.transaction(throwing: CatalogError.self) { transaction in
                let now = try await transaction.now()
                let known = SKUsByCode(codes: entries.map(\.code))
                var (owners, existing) = try await transaction.batch(OwnersByCode(codes: [owner]), known)
                guard let owner = owners.first else { throw CatalogError.unknownOwner(owner) }
                if condition != nil {
                    // What was read before the lock may have changed until it was got.
                    _ = try await transaction.query(LockListed(skus: existing.map(\.id)))
                    existing = try await transaction.query(known)
                }
                let plan = CatalogPlan(entries: entries, owner: owner.code, existing: existing)
                guard plan.problems.isEmpty else { throw CatalogError.refused(plan.problems) }
                if let condition, !condition(existing) { throw CatalogError.notAsExpected }
                var ids = IDGenerator(at: now)
                let categories = UpsertCategories(
                    categories: CatalogPlan.categories(of: entries), renames: renamesCategories)
                try await Self.write(plan, of: owner, categories, ids: &ids, at: now, in: transaction)
                let report = CatalogReport(plan)
                try await transaction.execute(
                    InsertAuditEntry(
                        id: ids.next(), principal: principal, action: "catalog.import",
                        subject: entries.count == 1 ? "\(owner.code) \(entries[0].code)" : owner.code.rawValue,
                        detail: plan.auditDetail, at: now))
                return report
            }
        } catch {
            throw error.naming(.uniqueViolation, as: .codeTaken)
        }
    }

    /// Lists SKUs in the order of their codes, a page at a time: at most `limit`, the first ones after `after`.
    ///
    /// - Parameter owner: Only what this owner lists; nil for everybody's.
    public func skus(
        listedBy owner: OwnerCode? = nil, after: SKUCode? = nil, limit: Int32 = maximumPage
    ) async throws(CatalogError) -> [SKU] {
        let limit = min(max(limit, 1), Self.maximumPage)
        guard let owner else {
            return try await pool.rows(of: SKUsAfter(after: after, limit: limit), throwing: CatalogError.self)
        }
        return try await pool.rows(
            of: SKUsOfOwnerAfter(owner: owner, after: after, limit: limit), throwing: CatalogError.self)
    }

    /// What the SKUs of these codes are counted in; a code that there is not is missing.
    public func units(of codes: [SKUCode]) async throws(CatalogError) -> [SKUCode: BaseUnit] {
        Dictionary(try await skus(of: codes).map { ($0.code, $0.unit) }, uniquingKeysWith: { first, _ in first })
    }

    /// The SKUs of these codes, in any order; a code that there is not is passed over.
    public func skus(of codes: [SKUCode]) async throws(CatalogError) -> [SKU] {
        try await pool.rows(of: SKUsByCode(codes: codes), throwing: CatalogError.self)
    }

    private static func write(
        _ plan: CatalogPlan, of owner: Owner, _ categories: UpsertCategories, ids: inout IDGenerator,
        at now: Timestamp, in transaction: Transaction
    ) async throws(PostgresError) {
        let products = plan.created.map { _ in ids.next(Product.self) }
        let skus = plan.created.map { _ in ids.next(SKU.self) }
        let prices =
            zip(skus, plan.created).compactMap { sku, entry in entry.price.map { (sku: sku, price: $0) } }
            + plan.changed.compactMap { entry, sku in entry.price.map { (sku: sku.id, price: $0) } }
        _ = try await transaction.batch(
            LockListed(skus: plan.changed.map(\.sku.id)),
            categories,
            InsertProducts(ids: products, entries: plan.created, owner: owner.id, at: now),
            InsertSKUs(ids: skus, products: products, entries: plan.created, at: now),
            UpdateProducts(changes: plan.changed),
            RenameSKUs(changes: plan.changed),
            UpsertPrices(prices: prices))
    }
}

extension Transaction {
    /// The database's clock, to be read before anything else.
    func now() async throws(PostgresError) -> Timestamp {
        guard let now = try await query(DatabaseClock()).first else {
            throw .misuse("the database did not tell the time")
        }
        return now
    }
}

extension CatalogError {
    /// The service's own word for an error of the database that has this code.
    fileprivate func naming(_ state: SQLState, as own: CatalogError) -> CatalogError {
        if case .database(let error) = self, error.sqlState == state { own } else { self }
    }
}
