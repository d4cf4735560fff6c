import Postgres

/// Parcels with their orders and goods, locked in the order in which everybody locks them: parcels, orders, lots. Pools and
/// balances come after.
struct HeldParcels {
    /// One of them.
    struct Held {
        var parcel: StandingParcel
        /// Those of which something is, or is to be, inside.
        var orders: [OrderAtGate] = []
        var items: [StandingItem] = []

        /// Why its orders keep it in the house, whatever its lots are like.
        var stopOfOrders: ParcelStop? { orders.lazy.compactMap(\.stop).first }

        /// Why it must not leave; nil when it may.
        func stop(on day: CalendarDate) -> ParcelStop? {
            stopOfOrders ?? (items.allSatisfy { $0.isSellable(on: day) } ? nil : .lot)
        }
    }

    let at: Timestamp
    /// The base's day.
    let today: CalendarDate
    private(set) var held: [ID<Parcel>: Held] = [:]

    /// Locks them and reads them as they are under the lock.
    init(_ parcels: [ID<Parcel>], at: Timestamp, timeZone: String, in transaction: Transaction) async throws {
        self.at = at
        let (locked, _, orders, items, days) = try await transaction.batch(
            LockParcels(parcels: parcels), LockOrdersOfParcels(parcels: parcels), OrdersAtGate(parcels: parcels),
            ItemsOfParcels(parcels: parcels), BusinessDay(timeZone: timeZone))
        guard let today = days.first else { throw PostgresError.misuse("the database did not tell the day") }
        self.today = today
        for parcel in locked { held[parcel.id] = Held(parcel: parcel) }
        for item in items { held[item.parcel]?.items.append(item) }
        let inside = Set(items.map { Share(parcel: $0.parcel, order: $0.order) })
        for order in orders where inside.contains(Share(parcel: order.parcel, order: order.order)) {
            held[order.parcel]?.orders.append(order)
        }
    }

    subscript(_ id: ID<Parcel>) -> Held? { held[id] }

    /// What one order has in one parcel.
    private struct Share: Hashable {
        let parcel: ID<Parcel>
        let order: ID<CustomerOrder>
    }
}

/// What was scanned, as parcels: each once, in the order in which it was scanned first.
struct ScannedParcels {
    /// Which parcel each scan means; nil for none.
    let parcels: [ID<Parcel>?]

    init(_ scans: [ParcelScan], in transaction: Transaction) async throws {
        var found = [ID<Parcel>?](repeating: nil, count: scans.count)
        for (ordinal, parcel) in try await transaction.query(FindParcels(scans: scans)) { found[Int(ordinal)] = parcel }
        parcels = found
    }

    var unique: [ID<Parcel>] { Array(Set(parcels.compactMap { $0 })) }
}

/// What became of a parcel that was scanned.
public struct ParcelResult: Hashable, Sendable {
    /// What became of it.
    public enum Outcome: Hashable, Sendable {
        /// It is done.
        case done
        /// It was so already: nothing was changed.
        case repeated
        /// It stays as it is, for this reason.
        case refused(ParcelRefusal)
    }

    /// As it was scanned.
    public let scan: ParcelScan
    /// What stands on its label; nil when it is not known.
    public let label: ParcelLabel?
    /// What became of it.
    public let outcome: Outcome

    /// A result with these fields.
    public init(scan: ParcelScan, label: ParcelLabel?, outcome: Outcome) {
        self.scan = scan
        self.label = label
        self.outcome = outcome
    }
}
