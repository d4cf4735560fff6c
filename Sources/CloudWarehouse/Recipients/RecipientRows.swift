import Postgres

/// Inserts the recipients of a batch of orders.
struct InsertRecipients: Command {
    var orders: [ID<CustomerOrder>] = []
    var recipients: [SealedRecipient] = []

    static let sql = """
        INSERT INTO recipient (order_id, ciphertext, key_id, mask, merge_key, region)
        SELECT order_id, ciphertext, key_id, mask, merge_key, region
        FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[], $5::bytea[], $6::text[])
            AS new (order_id, ciphertext, key_id, mask, merge_key, region)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders)
        parameters.append(recipients.map(\.ciphertext))
        parameters.append(recipients.map(\.keyID))
        parameters.append(recipients.map(\.mask))
        parameters.append(recipients.map(\.mergeKey))
        parameters.append(recipients.map(\.region))
    }
}

/// Reads a recipient, as it was corrected last, to open it; no row when there is no such order, or none of the source.
struct RecipientOfOrder: Statement {
    /// What a row holds; without a key id the order has no recipient, without a ciphertext it is erased.
    struct Found {
        let order: ID<CustomerOrder>
        let ciphertext: Bytea?
        let keyID: String?
        let erasedAt: Timestamp?
    }

    let order: OrderIdentity
    /// Only an order of this source; nil for any.
    let source: OrderSource?

    static let sql = """
        SELECT placed.id, ship_to.ciphertext, ship_to.key_id, ship_to.erased_at
        FROM customer_order AS placed
        LEFT JOIN LATERAL (
            SELECT ciphertext, key_id, erased_at FROM recipient
            WHERE order_id = placed.id ORDER BY version DESC LIMIT 1
        ) AS ship_to ON true
        WHERE placed.id = COALESCE($1, (SELECT id FROM customer_order WHERE source = $2 AND reference = $3))
            AND ($4::text IS NULL OR placed.source = $4)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(source)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Found {
        Found(order: try row.next(), ciphertext: try row.next(), keyID: try row.next(), erasedAt: try row.next())
    }
}

/// Erases recipients of orders that are over, from one order on, in the order of their age.
struct EraseRecipients: Statement {
    /// Only orders after this one; nil to begin.
    let after: ID<CustomerOrder>?
    /// Only orders before this one.
    let before: ID<CustomerOrder>
    /// How many at most.
    let limit: Int32
    let at: Timestamp

    static let sql = """
        UPDATE recipient SET ciphertext = NULL, mask = NULL, merge_key = NULL, erased_at = $5
        WHERE order_id IN (
            SELECT over.order_id
            FROM recipient AS over
            JOIN customer_order AS placed ON placed.id = over.order_id
            WHERE over.erased_at IS NULL AND over.order_id > $1 AND over.order_id < $2
                AND placed.state = ANY ($3)
            ORDER BY over.order_id
            LIMIT $4
        )
        RETURNING order_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(after ?? .least)
        parameters.append(before)
        parameters.append(OrderState.allCases.filter(\.isFinal))
        parameters.append(Int64(limit))
        parameters.append(at)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> {
        try row.next()
    }
}

/// Recipients without an order: the foreign key that the intake leaves out.
struct StrayRecipients: Statement {
    let limit: Int32

    static let sql = """
        SELECT DISTINCT recipient.order_id
        FROM recipient
        WHERE NOT EXISTS (SELECT FROM customer_order WHERE customer_order.id = recipient.order_id)
        ORDER BY recipient.order_id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let order: ID<CustomerOrder> = try row.next()
        return Difference(
            table: "recipient", row: "order \(order)", column: "order_id", stored: "\(order)", expected: nil)
    }
}
