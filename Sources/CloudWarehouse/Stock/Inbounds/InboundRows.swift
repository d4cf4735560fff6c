import Postgres

/// A delivery that the transaction has locked.
struct StandingInbound: Hashable {
    let id: ID<Inbound>
    let fingerprint: Fingerprint
    let state: InboundState
    let receivedAt: Timestamp?
    /// Nil for one of before there were events.
    let warehouse: ID<Warehouse>?
    let reference: ReceiptReference

    /// What ``RowDecoder/nextStandingInbound()`` reads of `inbound`.
    static let columns = "id, fingerprint, state, received_at, warehouse_id, reference"
}

extension RowDecoder {
    /// The columns of a delivery that the transaction has locked.
    mutating func nextStandingInbound() throws(DecodingFailure) -> StandingInbound {
        StandingInbound(
            id: try next(), fingerprint: try next(), state: try next(), receivedAt: try next(), warehouse: try next(),
            reference: try next())
    }
}

/// Locks a delivery, so that one thing happens to it after the other.
struct LockInbound: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT \(StandingInbound.columns) FROM inbound WHERE reference = $1
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingInbound {
        try row.nextStandingInbound()
    }
}

/// Gives a delivery its state, and the time at which it was received.
struct UpdateInbound: Command {
    let id: ID<Inbound>
    let state: InboundState
    let receivedAt: Timestamp?

    static let sql = """
        UPDATE inbound SET state = $2, received_at = $3 WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(state)
        parameters.append(receivedAt)
    }
}

/// Writes what was announced.
struct InsertInboundLines: Command {
    let inbound: ID<Inbound>
    let lines: [(sku: ID<SKU>, owner: ID<Owner>, expected: Quantity)]

    static let sql = """
        INSERT INTO inbound_line (inbound_id, position, sku_id, owner_id, expected)
        SELECT $1, position, sku_id, owner_id, expected
        FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) WITH ORDINALITY AS new (sku_id, owner_id, expected, position)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(lines.map(\.sku))
        parameters.append(lines.map(\.owner))
        parameters.append(lines.map(\.expected))
    }
}

/// Something that was done with a delivery.
struct InboundStep: Hashable {
    let id: ID<InboundStep>
    let event: InboundEvent
    let from: InboundState
    let to: InboundState
    var reference: ReceiptReference?
    var fingerprint: Fingerprint?
}

/// Writes down what was done with a delivery.
struct InsertInboundEvents: Command {
    let inbound: ID<Inbound>
    let steps: [InboundStep]
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO inbound_event (id, inbound_id, event, from_state, to_state, reference, fingerprint, actor, recorded_at)
        SELECT id, $1, event, from_state, to_state, reference, fingerprint, $8, $9
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
            AS new (id, event, from_state, to_state, reference, fingerprint)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(steps.map(\.id))
        parameters.append(steps.map(\.event))
        parameters.append(steps.map(\.from))
        parameters.append(steps.map(\.to))
        parameters.append(steps.map(\.reference))
        parameters.append(steps.map(\.fingerprint))
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Reads what a count's or put-away's reference was first used for.
struct InboundEventByReference: Statement {
    let inbound: ID<Inbound>
    let event: InboundEvent
    let reference: ReceiptReference

    static let sql = """
        SELECT event.fingerprint, receipt.lot_id
        FROM inbound_event AS event
        LEFT JOIN inbound_receipt AS receipt ON receipt.event_id = event.id
        WHERE event.inbound_id = $1 AND event.event = $2 AND event.reference = $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(event)
        parameters.append(reference)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (fingerprint: Fingerprint?, lot: ID<Lot>?) {
        (try row.next(), try row.next())
    }
}

/// What was counted, as a row.
struct CountedGoods {
    let id: ID<CountedGoods>
    let event: ID<InboundStep>
    let sku: ID<SKU>
    let owner: ID<Owner>
    let received: Quantity
    var rejected = Quantity.zero
    var reason: RejectionReason?
    /// What was taken in; nil when all of it was rejected.
    let movement: Movement?
    var weighedGrams: Quantity?
    var certificate: PlainWords?
    var picture: PlainWords?
}

/// Writes what was counted.
struct InsertInboundReceipts: Command {
    let inbound: ID<Inbound>
    let rows: [CountedGoods]

    static let sql = """
        INSERT INTO inbound_receipt (id, inbound_id, event_id, sku_id, owner_id, received, rejected, reason, lot_id,
            movement_id, location_id, weighed_grams, certificate, picture)
        SELECT id, $1, event_id, sku_id, owner_id, received, rejected, reason, lot_id,
            movement_id, location_id, weighed_grams, certificate, picture
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::text[], $9::uuid[],
            $10::uuid[], $11::uuid[], $12::bigint[], $13::text[], $14::text[])
            AS new (id, event_id, sku_id, owner_id, received, rejected, reason, lot_id, movement_id, location_id,
                weighed_grams, certificate, picture)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(rows.map(\.id))
        parameters.append(rows.map(\.event))
        parameters.append(rows.map(\.sku))
        parameters.append(rows.map(\.owner))
        parameters.append(rows.map(\.received))
        parameters.append(rows.map(\.rejected))
        parameters.append(rows.map(\.reason))
        parameters.append(rows.map { $0.movement?.lot.id })
        parameters.append(rows.map { $0.movement?.id })
        parameters.append(rows.map { $0.movement?.to })
        parameters.append(rows.map(\.weighedGrams))
        parameters.append(rows.map(\.certificate))
        parameters.append(rows.map(\.picture))
    }
}
