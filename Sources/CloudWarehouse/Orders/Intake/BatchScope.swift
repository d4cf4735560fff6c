import Postgres

/// Which rows a batch is about: what its statements bind, each in the same places.
struct BatchScope {
    /// The codes of the SKUs that it names.
    private(set) var codes: [SKUCode] = []
    /// Those of the codes of which it is not known what they stand for.
    private(set) var unknownCodes: [SKUCode] = []
    /// What the others stand for, the components of sets too.
    private(set) var knownSKUs: [ID<SKU>] = []
    /// The orders that it places.
    private(set) var placed: [OrderKey] = []
    /// The orders that it changes, by what they are named by.
    private(set) var changed: [ID<CustomerOrder>] = []
    private(set) var changedByKey: [OrderKey] = []
    /// The buyers that its orders name.
    private(set) var buyers: [(source: OrderSource, buyer: Buyer)] = []

    /// Where the orders go that it places, each region once.
    private(set) var regions: [String] = []

    init(_ commands: some Sequence<OrderCommand>, known: KnownSKUs = KnownSKUs()) {
        var regions: Set<String> = []
        var (codes, keys, ids, named): (Set<SKUCode>, Set<OrderKey>, Set<ID<CustomerOrder>>, Set<OrderKey>)
        (codes, keys, ids, named) = ([], [], [], [])
        for command in commands {
            switch command {
            case .place(let order):
                for line in order.lines { codes.insert(line.sku) }
                keys.insert(order.key)
                if let recipient = order.recipient { regions.insert(recipient.region) }
                if let buyer = order.terms.buyer { buyers.append((order.key.source, buyer)) }
            case .change(let change):
                if case .edit(let lines) = change.change { for line in lines { codes.insert(line.sku) } }
                switch change.order {
                case .id(let id): ids.insert(id)
                case .key(let key): named.insert(key)
                }
            }
        }
        self.regions = Array(regions)
        self.codes = Array(codes)
        for code in codes {
            if let skus = known[code] { knownSKUs += skus } else { unknownCodes.append(code) }
        }
        placed = Array(keys)
        changed = Array(ids)
        changedByKey = Array(named)
    }

    /// Whether it changes orders that are there.
    var changes: Bool { !changed.isEmpty || !changedByKey.isEmpty }

    /// The orders that it changes, as an array: `$1` are ids, `$2` and `$3` sources and references.
    static let orders = """
        ($1::uuid[] || ARRAY(
            SELECT named.id
            FROM unnest($2::text[], $3::text[]) AS wanted (source, reference)
            JOIN customer_order AS named ON named.source = wanted.source AND named.reference = wanted.reference
        ))
        """

    /// The SKUs that it touches, as an array: those in `$5`, those of the codes in `$4`, the components of sets among them, and
    /// those of the lines of the orders that it changes.
    static let skus = """
        ARRAY(
            SELECT unnest($5::uuid[])
            UNION
            SELECT id FROM sku WHERE code = ANY ($4)
            UNION
            SELECT component.component_sku_id
            FROM sku AS bundle
            JOIN set_component AS component ON component.set_sku_id = bundle.id
            WHERE bundle.code = ANY ($4)
            UNION
            SELECT line.sku_id FROM order_line AS line WHERE line.order_id = ANY (\(orders))
        )
        """
}

extension Parameters {
    /// Adds what ``BatchScope/orders`` reads, `$1` to `$3`.
    mutating func append(ordersOf scope: BatchScope) {
        append(scope.changed)
        append(scope.changedByKey.map(\.source))
        append(scope.changedByKey.map(\.reference))
    }

    /// Adds what ``BatchScope/skus`` reads, `$1` to `$5`.
    mutating func append(skusOf scope: BatchScope) {
        append(ordersOf: scope)
        append(scope.unknownCodes)
        append(scope.knownSKUs)
    }
}
