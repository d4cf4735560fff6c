internal import CloudWarehouse

extension Problem {
    /// Why the catalog was not read or changed.
    init(_ error: CatalogError) {
        switch error {
        case .unknownOwner(let code): self.init(.unknownOwner, "There is no owner \(code).", at: "/owner")
        case .unknownSKU(let code): self.init(.unknownSKU, "There is no SKU \(code).")
        case .notASet(let refusal): self.init(refusal)
        case .limitOfNothing: self.init(.invalidBody, "A limit is more than nothing.", at: "/quantity")
        case .codeTaken: self = .codeTaken
        case .tooManyEntries(let maximum): self.init(.invalidBody, "There are at most \(maximum) entries.")
        case .refused(let problems):
            switch problems.first {
            case .listedByAnother?: self.init(.codeTaken, "Another owner lists a SKU of this code.", at: "/owner")
            case .otherUnit(_, let unit)?:
                self.init(.otherUnit, "It is counted by the \(unit), which cannot change.", at: "/unit")
            case .repeatedCode?, nil: self.init(.invalidBody, "A code is there more than once.")
            }
        case .notAsExpected: self = .preconditionFailed
        case .database(let cause): self.init(database: cause)
        }
    }

    /// Something of the code that the body gives is there already.
    static var codeTaken: Problem {
        Problem(.codeTaken, "The code is taken: choose another one, or use what is there.", at: "/code")
    }

    /// Runs `body`; what it throws becomes a problem.
    static func asking<Value>(_ body: () async throws(CatalogError) -> Value) async throws(Problem) -> Value {
        do throws(CatalogError) { return try await body() } catch { throw Problem(error) }
    }
}
