extension Catalog {
    /// Makes one SKU, or gives the one of its code the entry's name, category and price; the same again changes nothing.
    ///
    /// Where two make the same SKU at once, the later one finds the other's and changes that.
    /// - Parameter renamesCategory: Whether a category that is there gets the name that the entry gives it.
    /// - Parameter condition: Whether the change is wanted, given the SKU as it is, nil where there is none; nil for always.
    /// - Returns: Whether the SKU is new.
    public func put(
        _ entry: CatalogEntry, of owner: OwnerCode, renamesCategory: Bool, by principal: Principal,
        if condition: (@Sendable (SKU?) -> Bool)? = nil
    ) async throws(CatalogError) -> Bool {
        let condition = condition.map { condition in { @Sendable (skus: [SKU]) in condition(skus.first) } }
        do throws(CatalogError) {
            return try await imports(entry, of: owner, renamesCategory, by: principal, if: condition)
        } catch .codeTaken {
            return try await imports(entry, of: owner, renamesCategory, by: principal, if: condition)
        } catch {
            throw error
        }
    }

    private func imports(
        _ entry: CatalogEntry, of owner: OwnerCode, _ renamesCategory: Bool, by principal: Principal,
        if condition: (@Sendable ([SKU]) -> Bool)?
    ) async throws(CatalogError) -> Bool {
        let report = try await importEntries(
            [entry], of: owner, renamesCategories: renamesCategory, by: principal, if: condition)
        return report.created == 1
    }
}
