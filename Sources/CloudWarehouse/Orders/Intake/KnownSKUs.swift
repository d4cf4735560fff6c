/// What the codes of SKUs stood for in the batches before, so that a batch locks their pools without looking the codes up.
///
/// A hint only: each batch reads its SKUs and what sets are made of once more. An order of what was made of something else
/// waits for the next batch, which has learned it.
struct KnownSKUs {
    /// How many codes are kept; with more, all are forgotten.
    static let most = 100_000

    private var rows: [SKUCode: [ID<SKU>]] = [:]

    /// The SKU of a code and, if it is a set, those that it was made of; nil if that is not known.
    subscript(code: SKUCode) -> [ID<SKU>]? { rows[code] }

    /// What a batch has read of codes that stood for something else before, or of which nothing was known.
    typealias News = [(code: SKUCode, skus: [ID<SKU>]?)]

    /// What is new in what a batch has read of these codes.
    func news(of codes: [SKUCode], in snapshot: IntakeSnapshot) -> News {
        codes.compactMap { code in
            let found = snapshot.offers[code].map { offer in
                [offer.sku] + (snapshot.components[offer.sku]?.map(\.sku) ?? [])
            }
            return rows[code] == found ? nil : (code, found)
        }
    }

    /// Keeps it, and forgets the codes that stand for nothing.
    mutating func learn(_ news: News) {
        for (code, skus) in news {
            if rows.count >= Self.most { rows = [:] }
            rows[code] = skus
        }
    }
}
