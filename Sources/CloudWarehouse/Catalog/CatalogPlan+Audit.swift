import Postgres

extension CatalogPlan {
    /// How many new prices the audit log tells with the old ones; of the rest it tells how many there are.
    static let auditedPrices = 100

    /// The import as the audit log keeps it: the counts, and each price that changes as `[fen, per quantity]`, before and after.
    ///
    /// Codes, the only texts, are printable ASCII: two of its characters need escaping.
    var auditDetail: JSONB {
        let repriced = changed.lazy.compactMap { entry, sku -> (code: SKUCode, from: Price?, to: Price)? in
            guard let price = entry.price, price != sku.price else { return nil }
            return (sku.code, sku.price, price)
        }
        let prices = repriced.prefix(Self.auditedPrices).map { code, from, to in
            #"{"sku": "\#(Self.escaped(code))", "from": \#(from.map(Self.text) ?? "null"), "to": \#(Self.text(to))}"#
        }
        return JSONB(
            text: """
                {"created": \(created.count), "changed": \(changed.count), "unchanged": \(unchanged), \
                "repriced": \(repriced.count), "prices": [\(prices.joined(separator: ", "))]}
                """)
    }

    private static func text(_ price: Price) -> String { "[\(price.fen.rawValue), \(price.per.rawValue)]" }

    private static func escaped(_ code: SKUCode) -> String {
        code.rawValue.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
