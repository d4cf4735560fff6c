import Postgres

/// An order as the batch under way sees it: as its rows say under the lock, and as each command leaves it for the next.
struct StandingOrder: Hashable {
    /// A line, or a part of one.
    struct Line: Hashable {
        /// From 1; parts follow their lines.
        let position: Int16
        let sku: ID<SKU>
        let quantity: Quantity
        /// So much of the quantity is not wanted any more.
        var cancelled = Quantity.zero
        let price: Price
        var amount: Fen
        /// What it claims from; nil while it is short of goods, and for good when it claims by its parts.
        var pool: PoolKey?
        var claim: ClaimState
        var expiresAt: Timestamp?
        /// The line that it is a part of.
        let partOf: Int16?
        /// Why this pool; nil where there was no choice.
        var reason: SourcingReason?

        /// How much of it is still wanted.
        var remaining: Int64 { quantity.rawValue - cancelled.rawValue }
        var isLive: Bool { remaining > 0 }
    }

    let id: ID<CustomerOrder>
    let key: OrderKey
    let placedAt: Timestamp
    let buyer: Buyer?
    var state: OrderState
    var total: Fen
    /// What it cost when it was placed, once it costs something else.
    var placedTotal: Fen?
    var revision: Int32
    var lines: [Line]
    /// Whether a parcel of it was recorded and not taken back, or goods of it have left.
    var isSent = false

    var summary: OrderSummary {
        OrderSummary(id: id, key: key, state: state, total: total, placedAt: placedAt, revision: revision)
    }

    /// How many lines and parts it may still get: their numbers have 16 bits.
    var room: Int { Int(Int16.max) - lines.count }
    /// The lines that are bought, without their parts, as far as they are still wanted.
    var boughtLines: [Line] { lines.filter { $0.partOf == nil && $0.isLive } }

    /// The indices of the lines and parts that claim, or are to claim, for themselves.
    var claimingIndices: [Int] {
        let headers = Set(lines.lazy.filter(\.isLive).compactMap(\.partOf))
        return lines.indices.filter { lines[$0].isLive && !headers.contains(lines[$0].position) }
    }

    /// How much of each SKU it counts against a buyer's limit: of what is bought, and of what its parts are.
    ///
    /// A hold that has ended counts no more.
    func counted() -> [ID<SKU>: Int64] {
        guard state != .released, state != .cancelled else { return [:] }
        var sums: [ID<SKU>: Int64] = [:]
        for line in lines where line.isLive {
            if let header = line.partOf, lines[Int(header) - 1].sku == line.sku { continue }
            sums[line.sku, default: 0] += line.remaining
        }
        return sums
    }
}

/// Why an order's goods come from the pool that they come from, as its line keeps it: how it was split, then by which rules.
struct SourcingReason: RawRepresentable, Hashable, Sendable, PostgresCodable {
    static let sample = SourcingReason(rawValue: "one_parcel")!

    let rawValue: String

    init?(rawValue: String) {
        guard (1...64).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }
}
