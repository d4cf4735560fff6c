public import Postgres

/// The parcels of a base's orders, as far as somebody has recorded their numbers. They change no order and no stock.
public struct Shipments: Sendable {
    /// The most parcels of one transaction, whose orders are locked meanwhile.
    static let recordedPerTransaction = 200
    /// The most parcels that one file tells.
    public static let maximumExport: Int32 = 50_000
    /// The most parcels that one page lists.
    public static let maximumPage: Int32 = 1_000

    /// What a file for a platform was made of.
    public struct Export: Sendable {
        /// The parcels that it tells, in the order in which they were recorded.
        public let written: [Shipment]
        /// Those of orders that were called off after all, or for which a refund is asked for: no file tells them.
        public let leftOut: [Shipment]
        /// There are more, for the next file.
        public let isFull: Bool
    }

    private let pool: Pool
    private let timeZone: String

    /// The parcels of the base that the connections of `pool` belong to, whose days begin in that time zone.
    public init(pool: Pool, timeZone: String) {
        self.pool = pool
        self.timeZone = timeZone
    }

    /// Records parcels, each once, and says what became of each, in their order. What is recorded is durable, though an error
    /// may keep those behind it from being.
    public func record(
        _ parcels: [Shipment.Parcel], by principal: Principal
    ) async throws(ShipmentError) -> [ShipmentOutcome] {
        var outcomes: [ShipmentOutcome] = []
        for start in stride(from: 0, to: parcels.count, by: Self.recordedPerTransaction) {
            let some = parcels[start..<min(start + Self.recordedPerTransaction, parcels.count)]
            outcomes += try await recordTogether(Array(some), by: principal)
        }
        return outcomes
    }

    private func recordTogether(
        _ parcels: [Shipment.Parcel], by principal: Principal
    ) async throws(ShipmentError) -> [ShipmentOutcome] {
        try await pool.transaction(throwing: ShipmentError.self) { transaction in
            let now = try await transaction.now()
            let keys = Array(Set(parcels.map(\.order)))
            let orders = Dictionary(
                try await transaction.query(LockOrdersByKey(keys: keys)).map { ($0.key, $0) },
                uniquingKeysWith: { first, _ in first })
            let locked = Set(try await transaction.query(RefundLocked(orders: orders.values.map(\.id))))
            func outcome(of parcel: Shipment.Parcel) -> ShipmentOutcome? {
                guard let order = orders[parcel.order] else { return .unknownOrder }
                guard order.state.maySend else { return .notToBeSent(order.state) }
                return locked.contains(order.id) ? .refundLocked : nil
            }
            var ids = IDGenerator(at: now)
            var seen: Set<Shipment.Parcel> = []
            let rows = parcels.compactMap { parcel -> InsertShipments.Entry? in
                guard let order = orders[parcel.order], outcome(of: parcel) == nil, seen.insert(parcel).inserted else {
                    return nil
                }
                return InsertShipments.Entry(id: ids.next(), order: order.id, parcel: parcel)
            }
            let names = Dictionary(orders.values.map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
            var written = Set(
                try await transaction.query(InsertShipments(rows: rows, at: now)).compactMap { row in
                    names[row.order].map { Shipment.Parcel(order: $0, carrier: row.carrier, tracking: row.tracking) }
                })
            if !written.isEmpty {
                try await transaction.record(
                    "shipment.record", of: keys.count == 1 ? keys[0].reference.rawValue : "\(keys.count) orders",
                    by: principal, at: now, detail: #"{"parcels": \#(written.count)}"#)
            }
            return parcels.map { parcel in
                outcome(of: parcel) ?? (written.remove(parcel) == nil ? .repeated : .recorded)
            }
        }
    }

    /// Makes a file of a source's parcels, and marks them as told once it is written.
    ///
    /// The parcels are locked until then, so that two files never tell the same one. If the answer to the last COMMIT is lost,
    /// the file is there and the marks may not be: the next one tells them again, which no platform minds.
    /// - Parameters:
    ///   - since: Only what was recorded from this day on.
    ///   - again: What was told before, too.
    ///   - write: Writes the file and says whether it is there; asked only when there is something to write.
    public func export(
        of source: OrderSource, since: CalendarDate? = nil, again: Bool = false, limit: Int32 = maximumExport,
        by principal: Principal, write: ([Shipment]) -> Bool
    ) async throws(ShipmentError) -> Export {
        let begin = try await beginning(of: since)
        return try await pool.transaction(throwing: ShipmentError.self) { transaction in
            let now = try await transaction.now()
            let limit = min(max(limit, 1), Self.maximumExport)
            let found =
                again
                ? try await transaction.query(LockShipmentsAgain(source: source, since: begin, limit: limit + 1))
                : try await transaction.query(LockShipmentsToExport(source: source, since: begin, limit: limit + 1))
            let some = found.prefix(Int(limit))
            let written = some.filter(\.mayBeTold)
            let export = Export(
                written: written, leftOut: some.filter { !$0.mayBeTold }, isFull: found.count > some.count)
            guard !written.isEmpty else { return export }
            guard write(written) else { throw ShipmentError.notWritten }
            try await transaction.execute(MarkShipmentsExported(shipments: written.map(\.id), at: now))
            try await transaction.record(
                "shipment.export", of: source.rawValue, by: principal, at: now,
                detail: #"{"parcels": \#(written.count)}"#)
            return export
        }
    }

    private func beginning(of day: CalendarDate?) async throws(ShipmentError) -> Timestamp {
        guard let day else { return Timestamp(microsecondsSince1970: 0) }
        let begins = try await pool.rows(of: StartOfDay(day: day, timeZone: timeZone), throwing: ShipmentError.self)
        guard let instant = begins.first else { throw .database(.misuse("a day does not begin")) }
        return instant
    }

    /// Takes back what was recorded of an order under a number.
    public func withdraw(
        _ tracking: TrackingNumber, of order: OrderIdentity, by principal: Principal
    ) async throws(ShipmentError) {
        try await pool.transaction(throwing: ShipmentError.self) { transaction in
            let now = try await transaction.now()
            guard let found = try await transaction.query(LockOrderToAmend(order: order, source: nil)).first else {
                throw ShipmentError.unknownOrder
            }
            let count = try await transaction.execute(WithdrawShipment(order: found, tracking: tracking, at: now))
            guard count > 0 else { throw ShipmentError.unknownShipment }
            try await transaction.record(
                "shipment.withdraw", of: found.description, by: principal, at: now)
        }
    }

    /// Lists parcels, the newest first, a page at a time: those before `before`, of a source, or of one order.
    public func list(
        before: ID<Shipment>? = nil, source: OrderSource? = nil, order: OrderIdentity? = nil,
        limit: Int32 = maximumPage
    ) async throws(ShipmentError) -> [Shipment] {
        var id: ID<CustomerOrder>?
        if let order {
            let found = try await pool.rows(
                of: OrderDetailsRows(order: order, source: nil), throwing: ShipmentError.self)
            guard let first = found.first else { throw .unknownOrder }
            id = first.summary.id
        }
        return try await pool.rows(
            of: ShipmentsBefore(before: before, source: source, order: id, limit: min(max(limit, 1), Self.maximumPage)),
            throwing: ShipmentError.self)
    }
}
