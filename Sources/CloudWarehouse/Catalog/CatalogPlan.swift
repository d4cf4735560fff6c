/// What an import has to do, decided without a database.
struct CatalogPlan {
    /// Entries whose code is new.
    var created: [CatalogEntry] = []
    /// Entries that differ from the SKU that has their code.
    var changed: [(entry: CatalogEntry, sku: SKU)] = []
    /// How many entries say what is there already.
    var unchanged = 0
    /// Why the import as a whole is refused, entry by entry.
    var problems: [CatalogProblem] = []

    /// Compares the entries of `owner` with the SKUs that have their codes.
    init(entries: [CatalogEntry], owner: OwnerCode, existing: [SKU]) {
        let skus = Dictionary(existing.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<SKUCode> = []
        for entry in entries {
            guard seen.insert(entry.code).inserted else {
                problems.append(.repeatedCode(entry.code))
                continue
            }
            guard let sku = skus[entry.code] else {
                created.append(entry)
                continue
            }
            if sku.owner != owner {
                problems.append(.listedByAnother(entry.code))
            } else if sku.unit != entry.unit {
                problems.append(.otherUnit(entry.code, counted: sku.unit))
            } else if entry.differs(from: sku) {
                changed.append((entry, sku))
            } else {
                unchanged += 1
            }
        }
    }

    /// The categories that the entries name, each once, the last name winning, in the order of their codes.
    static func categories(of entries: [CatalogEntry]) -> [Category] {
        let named = Dictionary(
            entries.compactMap(\.category).map { ($0.code, $0) }, uniquingKeysWith: { _, last in last })
        return named.values.sorted { $0.code < $1.code }
    }
}

extension CatalogEntry {
    fileprivate func differs(from sku: SKU) -> Bool {
        name != sku.name || category != nil && category?.code != sku.category?.code
            || price != nil && price != sku.price
    }
}

/// Why one entry cannot be imported.
public enum CatalogProblem: Hashable, Sendable {
    /// The code stands in the import more than once.
    case repeatedCode(SKUCode)
    /// Another owner lists a SKU of this code.
    case listedByAnother(SKUCode)
    /// The SKU is counted in another unit, and its stock and orders with it.
    case otherUnit(SKUCode, counted: BaseUnit)
}
