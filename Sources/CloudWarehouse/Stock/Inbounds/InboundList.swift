import FoundationEssentials
public import Postgres

/// Which deliveries are asked for; all of them where nothing is said.
public struct InboundFilter: Hashable, Sendable {
    /// Only those that have come so far.
    public var state: InboundState?
    /// Only those with goods of this owner, announced or counted.
    public var owner: OwnerCode?
    /// Only those that are expected at this warehouse or have come to it.
    public var warehouse: WarehouseCode?
    /// Only those that were first heard of on this day at the base, or later.
    public var from: CalendarDate?
    /// Only those that were first heard of on this day at the base, or earlier.
    public var through: CalendarDate?

    /// All deliveries, unless more is said.
    public init(
        state: InboundState? = nil, owner: OwnerCode? = nil, warehouse: WarehouseCode? = nil,
        from: CalendarDate? = nil, through: CalendarDate? = nil
    ) {
        self.state = state
        self.owner = owner
        self.warehouse = warehouse
        self.from = from
        self.through = through
    }
}

/// Deliveries, the newest first.
public struct InboundPage: Hashable, Sendable {
    /// Those that the page has.
    public let inbounds: [InboundSummary]
    /// Where the next page begins; nil for the last one.
    public let next: ID<Inbound>?

    /// A page with these fields.
    public init(inbounds: [InboundSummary], next: ID<Inbound>?) {
        self.inbounds = inbounds
        self.next = next
    }
}

extension Stock {
    /// The most deliveries that one page lists.
    public static let maximumInbounds: Int32 = 500

    /// Lists deliveries, the newest first, a page at a time: at most `limit`, the first ones before `before`.
    public func inbounds(
        before: ID<Inbound>? = nil, limit: Int32 = maximumInbounds, that filter: InboundFilter = InboundFilter()
    ) async throws(StockError) -> [InboundSummary] {
        let limit = min(max(limit, 1), Self.maximumInbounds)
        return try await list(before, limit, filter)
    }

    /// The same as a page that says whether there is another one.
    public func inboundPage(
        before: ID<Inbound>? = nil, limit: Int32 = maximumInbounds, that filter: InboundFilter
    ) async throws(StockError) -> InboundPage {
        let limit = min(max(limit, 1), Self.maximumInbounds)
        let found = try await list(before, limit + 1, filter)
        let page = Array(found.prefix(Int(limit)))
        return InboundPage(inbounds: page, next: found.count > page.count ? page.last?.id : nil)
    }

    /// The delivery of this reference as its owner sees it: with their own goods, and without suggestions, which are for who
    /// puts them away; nil when there is none with goods of theirs.
    public func inbound(
        _ reference: ReceiptReference, ownedBy owner: OwnerCode?
    ) async throws(StockError) -> (details: InboundDetails, tallies: [InboundTally], suggestions: [PutAwaySuggestion])?
    {
        guard let found = try await inbound(reference) else { return nil }
        let tallies = try await tallies(of: found.summary.id)
        guard let owner else { return (found, tallies, try await putAwaySuggestions(of: reference)) }
        let involved = InboundInvolves(inbound: found.summary.id, owner: owner)
        guard try await pool.rows(of: involved, throwing: StockError.self).first == true else { return nil }
        let own = InboundDetails(summary: found.summary, lines: found.lines.filter { $0.owner == owner })
        return (own, tallies.filter { $0.owner == owner }, [])
    }

    private func list(
        _ before: ID<Inbound>?, _ limit: Int32, _ filter: InboundFilter
    ) async throws(StockError) -> [InboundSummary] {
        let oldest = try await start(of: filter.from).map(ID<Inbound>.init(firstAt:))
        let after = try await start(of: filter.through?.advanced(byDays: 1)).map(ID<Inbound>.init(firstAt:))
        let rows = InboundsBefore(
            before: [before, after].compactMap(\.self).min(), oldest: oldest, filter: filter,
            limit: limit)
        return try await pool.rows(of: rows, throwing: StockError.self)
    }

    /// When a day begins at the base; one before the time of ids begins with it.
    private func start(of day: CalendarDate?) async throws(StockError) -> Timestamp? {
        guard let day else { return nil }
        let begins = StartOfDay(day: max(day, CalendarDate(daysSince1970: 1)), timeZone: timeZone)
        return try await pool.rows(of: begins, throwing: StockError.self).first
    }
}

/// Lists deliveries, the newest first. The id is the time, so it is the order, the cursor and the bound of a day.
struct InboundsBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<Inbound>?
    /// The oldest that is looked at; nil for no bound.
    let oldest: ID<Inbound>?
    let filter: InboundFilter
    let limit: Int32

    static let sql = """
        SELECT inbound.id, inbound.reference, inbound.received_at, inbound.state, warehouse.code
        FROM inbound
        LEFT JOIN warehouse ON warehouse.id = inbound.warehouse_id
        WHERE inbound.id < $1 AND inbound.id >= $2
            AND ($3::text IS NULL OR inbound.state = $3)
            AND ($4::text IS NULL OR warehouse.code = $4)
            AND ($5::text IS NULL OR \(InboundInvolves.condition(owner: "$5")))
        ORDER BY inbound.id DESC
        LIMIT $6
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(oldest ?? .least)
        parameters.append(filter.state)
        parameters.append(filter.warehouse)
        parameters.append(filter.owner)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> InboundSummary {
        InboundSummary(
            id: try row.next(), reference: try row.next(), receivedAt: try row.next(), state: try row.next(),
            warehouse: try row.next())
    }
}

/// Tells whether goods of an owner were announced or counted of a delivery.
struct InboundInvolves: Statement {
    let inbound: ID<Inbound>
    let owner: OwnerCode

    static let sql = """
        SELECT \(condition(owner: "$2")) FROM inbound WHERE inbound.id = $1
        """

    /// What came before there were counts is found in the ledger, by ids of the delivery's own millisecond.
    static func condition(owner: String) -> String {
        """
        EXISTS (
            SELECT FROM owner
            WHERE owner.code = \(owner) AND (
                EXISTS (SELECT FROM inbound_line AS line WHERE line.inbound_id = inbound.id AND line.owner_id = owner.id)
                OR EXISTS (
                    SELECT FROM inbound_receipt AS receipt
                    WHERE receipt.inbound_id = inbound.id AND receipt.owner_id = owner.id
                )
                OR inbound.warehouse_id IS NULL AND EXISTS (
                    SELECT FROM movement
                    WHERE movement.id > inbound.id AND movement.recorded_at <= inbound.received_at
                        AND movement.document_kind = 'inbound' AND movement.document_id = inbound.id
                        AND movement.owner_id = owner.id
                )
            )
        )
        """
    }

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(owner)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Bool { try row.next() }
}
