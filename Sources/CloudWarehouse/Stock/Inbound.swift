import Postgres

/// Records a delivery under its reference; no row is written when the reference is taken.
///
/// A transaction that is writing the same reference is waited for.
struct InsertInbound: Command {
    let id: ID<Inbound>
    let reference: ReceiptReference
    let fingerprint: Fingerprint
    let state: InboundState
    /// One that there is not is found out by whoever looks for it afterwards.
    let warehouse: WarehouseCode
    let receivedAt: Timestamp?

    static let sql = """
        INSERT INTO inbound (id, reference, fingerprint, state, warehouse_id, received_at)
        VALUES ($1, $2, $3, $4, (SELECT id FROM warehouse WHERE code = $5), $6)
        ON CONFLICT (reference) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(reference)
        parameters.append(fingerprint)
        parameters.append(state)
        parameters.append(warehouse)
        parameters.append(receivedAt)
    }
}

/// Reads what a delivery's reference was first used for.
struct InboundByReference: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT id, fingerprint, received_at, state FROM inbound WHERE reference = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (
        id: ID<Inbound>, fingerprint: Fingerprint, receivedAt: Timestamp?, state: InboundState
    ) {
        (try row.next(), try row.next(), try row.next(), try row.next())
    }
}
