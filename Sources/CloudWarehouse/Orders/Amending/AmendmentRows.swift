import Postgres

/// What an amendment has to know of an order.
struct AmendableOrder {
    let id: ID<CustomerOrder>
    let state: OrderState
    let shipBy: Timestamp?
    let shipNotBefore: Timestamp?
    let sellerNote: OrderNote?
    let refundLock: Timestamp?
    /// How many addresses it has had.
    let addresses: Int16
    /// The last of them.
    let ciphertext: Bytea?
    let keyID: String?
}

/// Locks an order against every other change; no row when there is none, or none of the source.
struct LockOrderToAmend: Statement {
    let order: OrderIdentity
    /// Only an order of this source; nil for any.
    let source: OrderSource?

    static let sql = """
        SELECT id
        FROM customer_order
        WHERE id = COALESCE($1, (SELECT id FROM customer_order WHERE source = $2 AND reference = $3))
            AND ($4::text IS NULL OR source = $4)
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(source)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> {
        try row.next()
    }
}

/// Reads what an amendment has to know of an order that was locked by the statement before: in one with the lock, what stands
/// in other tables would be as it was before the lock was waited for.
struct OrderToAmend: Statement {
    let order: OrderIdentity

    static let sql = """
        SELECT placed.id, placed.state, terms.ship_by, terms.ship_not_before, terms.seller_note, terms.refund_lock,
            COALESCE(ship_to.version, 0::smallint), ship_to.ciphertext, ship_to.key_id
        FROM customer_order AS placed
        LEFT JOIN order_terms AS terms ON terms.order_id = placed.id
        LEFT JOIN LATERAL (
            SELECT version, ciphertext, key_id FROM recipient WHERE order_id = placed.id ORDER BY version DESC LIMIT 1
        ) AS ship_to ON true
        WHERE placed.id = COALESCE($1, (SELECT id FROM customer_order WHERE source = $2 AND reference = $3))
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> AmendableOrder {
        AmendableOrder(
            id: try row.next(), state: try row.next(), shipBy: try row.next(), shipNotBefore: try row.next(),
            sellerNote: try row.next(), refundLock: try row.next(), addresses: try row.next(),
            ciphertext: try row.next(), keyID: try row.next())
    }
}

/// Says since when nothing of an order leaves the house, or that it may.
struct SetRefundLock: Command {
    let order: ID<CustomerOrder>
    let at: Timestamp?

    static let sql = """
        INSERT INTO order_terms (order_id, refund_lock) VALUES ($1, $2)
        ON CONFLICT (order_id) DO UPDATE SET refund_lock = EXCLUDED.refund_lock
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(at)
    }
}

/// Says when an order has to leave, and what the seller says of it.
struct SetTerms: Command {
    let order: ID<CustomerOrder>
    let shipBy: Timestamp?
    let shipNotBefore: Timestamp?
    let sellerNote: OrderNote?

    static let sql = """
        INSERT INTO order_terms (order_id, ship_by, ship_not_before, seller_note) VALUES ($1, $2, $3, $4)
        ON CONFLICT (order_id) DO UPDATE SET ship_by = EXCLUDED.ship_by, ship_not_before = EXCLUDED.ship_not_before,
            seller_note = EXCLUDED.seller_note
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(shipBy)
        parameters.append(shipNotBefore)
        parameters.append(sellerNote)
    }
}

/// Adds an address to those that an order has had.
struct InsertCorrectedRecipient: Command {
    let order: ID<CustomerOrder>
    let recipient: SealedRecipient
    let version: Int16

    static let sql = """
        INSERT INTO recipient (order_id, version, ciphertext, key_id, mask, merge_key, region)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(version)
        parameters.append(recipient.ciphertext)
        parameters.append(recipient.keyID)
        parameters.append(recipient.mask)
        parameters.append(recipient.mergeKey)
        parameters.append(recipient.region)
    }
}
