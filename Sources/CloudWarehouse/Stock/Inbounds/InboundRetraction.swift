import Postgres

/// A count that was wrong, and is taken back: what it took in leaves the stock as it came, and what it rejected was not.
public struct InboundRetraction: Hashable, Sendable {
    /// The count, by its reference within its delivery. It is taken back once.
    public var count: ReceiptReference
    /// Why, in the person's words.
    public var note: AdjustmentNote

    /// A retraction with these fields.
    public init(count: ReceiptReference, note: AdjustmentNote) {
        self.count = count
        self.note = note
    }

    /// A count is taken back whole, so that its reference says all of it.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("retract")
            transcript.append(count.rawValue)
        }
    }
}

extension InboundWork {
    /// Takes a count back by rows of the ledger the other way. The delivery is being counted again afterwards.
    ///
    /// Its lots wait to be released, so nobody has been promised anything of them, and no pool changes.
    mutating func retract(_ retraction: InboundRetraction, of standing: StandingInbound) async throws {
        _ = try await transaction.query(LockLotsOfInbound(inbound: standing.id))
        let counted = try await transaction.query(
            MovementsOfCount(inbound: standing.id, reference: retraction.count))
        guard !counted.isEmpty else { throw refusal(.unknownCount(retraction.count)) }
        for movement in counted.compactMap(\.self) { try await takeBack(movement, because: retraction.note) }
    }

    private mutating func takeBack(_ movement: ID<LedgerEntry>, because note: AdjustmentNote) async throws {
        guard let receipt = try await transaction.query(MovementToReverse(movement: movement)).first else {
            preconditionFailure("a count has no movement")
        }
        let plan = try receipt.reversed()
        let document = InsertAdjustment(
            id: ids.next(), reference: nil, fingerprint: nil, reverses: movement, movement: ids.next(), note: note,
            principal: principal, at: at)
        // One that was taken back by hand already is not taken back again.
        guard try await transaction.execute(document) == 1 else { return }
        let onHand = try await transaction.query(LockBalance(goods: plan.goods, place: plan.from)).first?.free ?? 0
        guard onHand >= plan.quantity.rawValue else { throw refusal(.corrected(standing: onHand)) }
        _ = try await transaction.batch(
            InsertMovement(id: document.movement, plan: plan, document: .adjustment(document.id), at: at),
            TakeFromBalance(goods: plan.goods, place: plan.from, quantity: plan.quantity))
    }
}

/// The rows of the ledger that a count has made; null for what was rejected as a whole, no row for what was never counted.
struct MovementsOfCount: Statement {
    let inbound: ID<Inbound>
    let reference: ReceiptReference

    static let sql = """
        SELECT receipt.movement_id
        FROM inbound_event AS event
        JOIN inbound_receipt AS receipt ON receipt.event_id = event.id
        WHERE event.inbound_id = $1 AND event.event = 'count' AND event.reference = $2
        ORDER BY receipt.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<LedgerEntry>? { try row.next() }
}

/// Counts what was taken in of a delivery and not taken back, or is there all the same.
struct GoodsTakenIn: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT count(*)
        FROM inbound_receipt AS receipt
        WHERE receipt.inbound_id = $1 AND receipt.lot_id IS NOT NULL
            AND (
                NOT EXISTS (SELECT FROM adjustment WHERE adjustment.reverses = receipt.movement_id)
                OR EXISTS (
                    SELECT FROM balance
                    WHERE balance.sku_id = receipt.sku_id AND balance.lot_id = receipt.lot_id AND balance.on_hand > 0
                )
            )
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}
