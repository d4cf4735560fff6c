import Postgres

extension Catalog {
    /// How much of a SKU one buyer may have; nil where there is no limit, or no such SKU.
    public func limit(of sku: SKUCode) async throws(CatalogError) -> BuyerLimit? {
        try await pool.rows(of: LimitOfSKU(sku: sku), throwing: CatalogError.self).first
    }

    /// Limits how much of a SKU one buyer may have, or takes the limit away.
    ///
    /// A new limit counts orders from now on, once no batch is under way that does not know it: whoever places an order of the
    /// SKU, or of a set of which it is made, has the pools locked that are locked here. Another quantity goes on counting since
    /// when the limit counts: whoever has more
    /// than is allowed then keeps it, and gets no more.
    /// - Parameter quantity: How much, in the SKU's base unit; nil for as much as there is.
    /// - Returns: The limit as it is since.
    @discardableResult
    public func limit(
        _ sku: SKUCode, to quantity: Quantity?, by principal: Principal
    ) async throws(CatalogError) -> BuyerLimit? {
        if quantity == .zero { throw .limitOfNothing }
        return try await pool.transaction(throwing: CatalogError.self) { transaction in
            let now = try await transaction.now()
            // Two who change it at once come one after the other, so that the audit log tells what each has changed.
            let (locked, old) = try await transaction.batch(LockSKUs(codes: [sku]), LimitOfSKU(sku: sku))
            guard let id = locked.first else { throw CatalogError.unknownSKU(sku) }
            guard old.first?.quantity != quantity else { return old.first }
            var since = old.first?.since ?? now
            if let quantity {
                if old.isEmpty {
                    _ = try await transaction.query(LockPoolsCounted(sku: id))
                    since = try await transaction.now()
                }
                try await transaction.execute(UpsertBuyerLimit(sku: id, quantity: quantity, at: since))
            } else {
                try await transaction.execute(DeleteBuyerLimit(sku: id))
            }
            let numbers = [old.first?.quantity, quantity].map { $0?.description ?? "null" }
            try await transaction.record(
                "catalog.limit", of: sku.rawValue, by: principal, at: now,
                detail: #"{"from": \#(numbers[0]), "to": \#(numbers[1])}"#)
            return quantity.map { BuyerLimit(quantity: $0, since: since) }
        }
    }
}
