public import Postgres

/// How the day's shipping stands (今日看板).
public struct ShippingDay: Hashable, Sendable {
    /// When it was looked at, by the database's clock.
    public let at: Timestamp
    /// What is due is due before it.
    public let cutOff: Timestamp
    /// Orders that have to leave before the cut-off and are in the house.
    public let due: Int64
    /// Of these, those that are packed.
    public let packed: Int64
    /// Of these, those whose time is over.
    public let overdue: Int64
    /// Paid orders in the house of which nobody has said when they have to leave.
    public let undated: Int64
    /// Orders of which a parcel was handed over since the day began.
    public let doneOrders: Int64
    /// Parcels that were handed over since the day began.
    public let doneParcels: Int64
    /// Orders of which a parcel was packed within the last hour: the pace.
    public let perHour: Int64
    /// Of those that are due and not packed, those that at this pace are packed too late.
    public let atRisk: Int64

    /// A day with these numbers.
    public init(
        at: Timestamp, cutOff: Timestamp, due: Int64, packed: Int64, overdue: Int64, undated: Int64, doneOrders: Int64,
        doneParcels: Int64, perHour: Int64, atRisk: Int64
    ) {
        self.at = at
        self.cutOff = cutOff
        self.due = due
        self.packed = packed
        self.overdue = overdue
        self.undated = undated
        self.doneOrders = doneOrders
        self.doneParcels = doneParcels
        self.perHour = perHour
        self.atRisk = atRisk
    }

    /// When all that is due is packed at this pace; nil while nothing is packed, and something is to be.
    public var finish: Timestamp? {
        let left = due - packed
        if left == 0 { return at }
        return perHour == 0 ? nil : at.advanced(by: .seconds(left.multipliedSaturated(by: 3_600) / perHour))
    }
}

extension Int64 {
    fileprivate func multipliedSaturated(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}

extension Fulfilment {
    /// How the day's shipping stands.
    ///
    /// - Parameter cutOff: What is due is due before it; nil for the end of the base's day.
    public func today(cutOff: Timestamp? = nil) async throws(FulfilmentError) -> ShippingDay {
        let timeZone = timeZone
        return try await pool.transaction(throwing: FulfilmentError.self, .repeatableRead, .readOnly) { transaction in
            let (clock, days) = try await transaction.batch(DatabaseClock(), BusinessDay(timeZone: timeZone))
            guard let now = clock.first, let day = days.first else {
                throw PostgresError.misuse("the database did not tell the day")
            }
            let (begins, ends) = try await transaction.batch(
                StartOfDay(day: day, timeZone: timeZone),
                StartOfDay(day: day.advanced(byDays: 1), timeZone: timeZone))
            guard let begin = begins.first, let end = ends.first else {
                throw PostgresError.misuse("a day does not begin")
            }
            let since = ID<CustomerOrder>(
                firstAt: now.advanced(by: .seconds(-FulfilmentLimits.daysBack * 86_400)))
            let hour = now.advanced(by: .seconds(-3_600))
            let rows = try await transaction.query(
                ShippingDayNow(at: now, since: since, begin: begin, cutOff: cutOff ?? end, hour: hour))
            guard let row = rows.first else { throw PostgresError.misuse("count(*) gave no row") }
            return row
        }
    }
}

/// Counts what is due, what is done, and what at the pace of the last hour comes too late.
struct ShippingDayNow: Statement {
    let at: Timestamp
    let since: ID<CustomerOrder>
    let begin: Timestamp
    let cutOff: Timestamp
    let hour: Timestamp

    static let sql = """
        WITH pace AS (
            SELECT count(DISTINCT inside.order_id) AS per_hour
            FROM parcel
            JOIN parcel_order AS inside ON inside.parcel_id = parcel.id
            WHERE parcel.packed_at > $5 AND parcel.packed_at <= $1
        ), open AS (
            SELECT placed.state, terms.ship_by,
                count(*) FILTER (WHERE placed.state <> 'packed') OVER (ORDER BY terms.ship_by, placed.id) AS turn
            FROM customer_order AS placed
            LEFT JOIN order_terms AS terms ON terms.order_id = placed.id
            WHERE placed.id >= $2 AND placed.state IN ('committed', 'picked', 'packed')
        ), done AS (
            SELECT count(DISTINCT parcel.id) AS parcels, count(DISTINCT inside.order_id) AS orders
            FROM manifest
            JOIN parcel ON parcel.manifest_id = manifest.id
            JOIN parcel_order AS inside ON inside.parcel_id = parcel.id
            WHERE parcel.shipped_at >= $3 AND manifest.opened_at >= $3::timestamptz - interval '7 days'
        )
        SELECT $1::timestamptz, $4::timestamptz, count(*) FILTER (WHERE open.ship_by < $4),
            count(*) FILTER (WHERE open.ship_by < $4 AND open.state = 'packed'),
            count(*) FILTER (WHERE open.ship_by < $4 AND open.ship_by < $1),
            count(open.state) FILTER (WHERE open.ship_by IS NULL), min(done.orders), min(done.parcels), min(pace.per_hour),
            count(*) FILTER (
                WHERE open.ship_by < $4 AND open.state <> 'packed'
                    AND (pace.per_hour = 0
                        OR open.ship_by < $1::timestamptz + open.turn * interval '1 hour' / NULLIF(pace.per_hour, 0))
            )
        FROM pace
        CROSS JOIN done
        LEFT JOIN open ON true
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(at)
        parameters.append(since)
        parameters.append(begin)
        parameters.append(cutOff)
        parameters.append(hour)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ShippingDay {
        ShippingDay(
            at: try row.next(), cutOff: try row.next(), due: try row.next(), packed: try row.next(),
            overdue: try row.next(), undated: try row.next(), doneOrders: try row.next(), doneParcels: try row.next(),
            perHour: try row.next(), atRisk: try row.next())
    }
}
