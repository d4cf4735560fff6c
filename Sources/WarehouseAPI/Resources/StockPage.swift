internal import CloudWarehouse
internal import JSON

/// Levels of stock, as they are answered.
struct StockPage: Sendable {
    /// The most levels of one page.
    static let maximumLevels = 999

    var levels: [StockLevel]
    var next: StockLevel.Position?
    /// Only given when it is so.
    var stale: Bool?
    var ageSeconds: Int64?

    /// The document of levels that are rendered already, as ``json`` declares it.
    static func bytes(levels: some Sequence<[UInt8]>, next: StockLevel.Position?, age: Duration?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("levels")
        writer.beginArray()
        for level in levels { writer.rendered(level) }
        writer.endArray()
        if let next {
            writer.key("next")
            writer.string(next.text)
        }
        if let age {
            writer.key("stale")
            writer.boolean(true)
            writer.key("age_seconds")
            writer.integer(age.components.seconds)
        }
        writer.endObject()
        return writer.bytes
    }

    private static func counter(_ name: String, _ read: @escaping @Sendable (StockLevel) -> Int64, _ about: String)
        -> JSONField<StockLevel, Int64>
    {
        .required(name, read, .integer(0...Int.max), about: about)
    }

    static let level = JSONType<StockLevel>.object(
        "StockLevel",
        about: "what one pool holds, or how many of a set lie in one warehouse; quantities are in base units",
        .required("sku", \.position.sku, .code(), about: "the SKU's code"),
        .required("name", \.name.rawValue, .string(1...200), about: "what people call it"),
        .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .required("warehouse", \.position.warehouse, .code(), about: "where it stands"),
        .optional("owner", \.position.owner, .code(), about: "whose it is; absent: a gift set, of whoever's goods"),
        counter("available", \.counters.available, "what can still be sold"),
        counter("sellable", \.counters.sellable, "good, released and not about to expire"),
        counter("held", \.counters.held, "claimed by unpaid orders"),
        counter("committed", \.counters.committed, "claimed by paid orders"),
        counter("allotted", \.counters.allotted, "set aside for streams"),
        counter("version", \.version, "grows with every change"),
        make: { sku, name, unit, warehouse, owner, _, sellable, held, committed, allotted, version in
            StockLevel(
                position: .init(sku: sku, warehouse: warehouse, owner: owner), name: Name(rawValue: name) ?? .sample,
                unit: unit,
                counters: PoolCounters(sellable: sellable, held: held, committed: committed, allotted: allotted),
                version: version)
        })

    static let json = JSONType<StockPage>.object(
        "StockPage", about: "levels in the order of SKU, warehouse and owner",
        .required(
            "levels", \.levels, .array(of: level, count: 0...1_000),
            about: "one for each pool, and for each warehouse with goods of a gift set"),
        .optional(
            "next", \.next, .position,
            about: "pass it as `after` to get the next page; absent: this is the last"),
        .optional(
            "stale", \.stale, .boolean,
            about: "true: changes may have been missed for `age_seconds`; absent: none is known to be missing"),
        .optional(
            "age_seconds", \.ageSeconds, .integer(0...Int.max), about: "for how long changes may have been missed"),
        make: { StockPage(levels: $0, next: $1, stale: $2, ageSeconds: $3) })
}

extension StockLevel.Position {
    /// Its three codes with spaces between, which no code has; without an owner, nothing stands behind the second.
    var text: String { "\(sku) \(warehouse) \(owner?.rawValue ?? "")" }

    /// Takes three codes with spaces between.
    init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, let sku = SKUCode(rawValue: words[0]),
            let warehouse = WarehouseCode(rawValue: words[1])
        else { return nil }
        if words[2].isEmpty {
            self.init(sku: sku, warehouse: warehouse, owner: nil)
            return
        }
        guard let owner = OwnerCode(rawValue: words[2]) else { return nil }
        self.init(sku: sku, warehouse: warehouse, owner: owner)
    }
}

extension JSONType where Value == StockLevel.Position {
    /// Where a page ends.
    static var position: Self {
        .text(
            JSONTextRule(
                pattern: "^[!-~]{1,64} [!-~]{1,64} [!-~]{0,64}$", length: 4...194,
                about: "the codes of SKU, warehouse and owner"),
            parse: { StockLevel.Position(text: JSONText.string($0)) }, text: \.text)
    }
}
