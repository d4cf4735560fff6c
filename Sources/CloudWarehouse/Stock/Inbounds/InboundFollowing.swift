import Postgres

/// A delivery of which goods are corrected by hand, locked before they are: its state follows them.
struct InboundFollowing {
    let standing: StandingInbound
    let principal: Principal
    let at: Timestamp

    /// Locks the delivery that the goods came with; nil for goods that came before deliveries had steps.
    static func locked(
        _ goods: LockInboundOfGoods, by principal: Principal, at: Timestamp, in transaction: Transaction
    ) async throws -> InboundFollowing? {
        guard let standing = try await transaction.query(goods).first else { return nil }
        return InboundFollowing(standing: standing, principal: principal, at: at)
    }

    /// Gives it the state that its goods have come to.
    func settle(ids: inout IDGenerator, in transaction: Transaction) async throws {
        guard case .follows = standing.state.after(.correct) else { return }
        let waiting = try await transaction.query(GoodsToPutAway(inbound: standing.id)).first ?? 0
        let state: InboundState = waiting == 0 ? .stored : .released
        guard state != standing.state else { return }
        let step = InboundStep(id: ids.next(), event: .correct, from: standing.state, to: state)
        _ = try await transaction.batch(
            UpdateInbound(id: standing.id, state: state, receivedAt: standing.receivedAt),
            InsertInboundEvents(inbound: standing.id, steps: [step], principal: principal, at: at),
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "inbound.correct", subject: standing.reference.rawValue,
                detail: JSONB(text: #"{"state": "\#(state.rawValue)"}"#), at: at))
    }
}

/// Locks the delivery that goods came with, by their lot or by a row of the ledger; documents are locked before lots.
struct LockInboundOfGoods: Statement {
    var lot: ID<Lot>?
    var movement: ID<LedgerEntry>?

    static let sql = """
        SELECT \(StandingInbound.columns)
        FROM inbound
        WHERE id = (
            SELECT inbound_id FROM inbound_receipt
            WHERE lot_id = COALESCE($1, (SELECT movement.lot_id FROM movement WHERE movement.id = $2))
        )
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lot)
        parameters.append(movement)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingInbound {
        try row.nextStandingInbound()
    }
}
