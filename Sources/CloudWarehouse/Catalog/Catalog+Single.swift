extension Catalog {
    /// Makes one SKU, or gives the one of its code the entry's name, category and price; the same again changes nothing.
    ///
    /// Where two make the same SKU at once, the later one finds the other's and changes that.
    /// - Parameter renamesCategory: Whether a category that is there gets the name that the entry gives it.
    /// - Returns: Whether the SKU is new.
    public func put(
        _ entry: CatalogEntry, of owner: OwnerCode, renamesCategory: Bool, by principal: Principal
    ) async throws(CatalogError) -> Bool {
        do throws(CatalogError) {
            return try await imports(entry, of: owner, renamesCategory: renamesCategory, by: principal)
        } catch .codeTaken {
            return try await imports(entry, of: owner, renamesCategory: renamesCategory, by: principal)
        } catch {
            throw error
        }
    }

    private func imports(
        _ entry: CatalogEntry, of owner: OwnerCode, renamesCategory: Bool, by principal: Principal
    ) async throws(CatalogError) -> Bool {
        try await importEntries([entry], of: owner, renamesCategories: renamesCategory, by: principal).created == 1
    }
}
