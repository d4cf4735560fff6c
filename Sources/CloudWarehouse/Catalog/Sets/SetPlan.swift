import Postgres

/// Whether a SKU can be made of components, decided without a database.
struct SetPlan {
    /// What is known of a SKU while nobody else can make it a set or a component.
    struct Facts: Hashable {
        let id: ID<SKU>
        let code: SKUCode
        let isSet: Bool
        /// A set of which it is a component, if there is one.
        let componentOf: SKUCode?
        /// Whether goods of it were ever received.
        let hasGoods: Bool
    }

    /// The set.
    let set: Facts
    /// Its components, each with its identity.
    let components: [(sku: ID<SKU>, quantity: Quantity)]

    /// Says what is wrong with components by themselves.
    static func check(_ components: [SetComponent], of set: SKUCode) throws(SetRefusal) {
        guard components.count <= Catalog.maximumComponents else { throw .tooMany(maximum: Catalog.maximumComponents) }
        var seen: Set<SKUCode> = []
        for component in components {
            guard component.sku != set else { throw .itself }
            guard seen.insert(component.sku).inserted else { throw .repeated(component.sku) }
            guard SetComponent.quantities.contains(component.quantity.rawValue) else { throw .quantity(component.sku) }
        }
    }

    /// Makes the set of the components, none to make it a SKU like any other, or says why not.
    init(_ code: SKUCode, of components: [SetComponent], found: [Facts]) throws(SetRefusal) {
        let facts = Dictionary(found.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        guard let set = facts[code] else { throw .unknownSet(code) }
        let missing = components.map(\.sku).filter { facts[$0] == nil }
        guard missing.isEmpty else { throw .unknownComponents(missing) }
        if !components.isEmpty {
            let nested = components.map(\.sku).filter { facts[$0]?.isSet == true }
            guard nested.isEmpty else { throw .nested(nested) }
            guard !set.hasGoods else { throw .hasGoods }
            if let other = set.componentOf { throw .componentOf(other) }
        }
        self.set = set
        self.components = components.compactMap { component in
            facts[component.sku].map { (sku: $0.id, quantity: component.quantity) }
        }
    }
}
