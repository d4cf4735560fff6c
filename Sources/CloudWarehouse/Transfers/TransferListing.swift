import Postgres

extension Stock {
    /// The most transfers that one page lists.
    public static let maximumTransfers: Int32 = 500
    /// The most losses that a transfer shows, the newest ones.
    public static let maximumTransferLosses: Int32 = 1_000

    /// Lists transfers, the newest first, a page at a time.
    ///
    /// - Parameters:
    ///   - warehouse: Only those of which it is one of the two ends; nil for all.
    ///   - isLate: Only those that are under way although they should have arrived.
    ///   - before: Where the page before ended; nil for the first.
    ///   - limit: How many at most, up to ``maximumTransfers``.
    public func transfers(
        of warehouse: WarehouseCode? = nil, isLate: Bool = false, before: ID<Transfer>? = nil,
        limit: Int32 = maximumTransfers
    ) async throws(StockError) -> [TransferSummary] {
        let limit = min(max(limit, 1), Self.maximumTransfers)
        return try await pool.rows(
            of: TransfersBefore(before: before, warehouse: warehouse, isLate: isLate, limit: limit),
            throwing: StockError.self)
    }

    /// The transfer of this reference, from one consistent look; nil when there is none.
    public func transfer(_ reference: ReceiptReference) async throws(StockError) -> TransferDetails? {
        try await pool.transaction(throwing: StockError.self, .repeatableRead, .readOnly) { transaction in
            guard let summary = try await transaction.query(TransferByReference(reference: reference)).first else {
                return nil
            }
            let (lines, lots, losses) = try await transaction.batch(
                LinesOfTransfer(transfer: summary.id), GoodsOfTransfer(transfer: summary.id),
                LossesOfTransfer(transfer: summary.id, limit: Self.maximumTransferLosses))
            return TransferDetails(summary: summary, lines: lines, lots: lots, losses: losses)
        }
    }
}

/// Lists transfers, the newest first.
struct TransfersBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<Transfer>?
    let warehouse: WarehouseCode?
    let isLate: Bool
    let limit: Int32

    static let sql = """
        SELECT \(TransferSummary.columns)
        FROM transfer
        JOIN warehouse AS origin ON origin.id = transfer.from_warehouse_id
        JOIN warehouse AS target ON target.id = transfer.to_warehouse_id
        WHERE transfer.id < $1 AND ($2::text IS NULL OR origin.code = $2 OR target.code = $2)
            AND (NOT $3 OR \(TransferSummary.isLate))
        ORDER BY transfer.id DESC
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(warehouse)
        parameters.append(isLate)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> TransferSummary {
        try row.nextTransfer()
    }
}

/// Finds a transfer by its reference.
struct TransferByReference: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT \(TransferSummary.columns)
        FROM transfer
        JOIN warehouse AS origin ON origin.id = transfer.from_warehouse_id
        JOIN warehouse AS target ON target.id = transfer.to_warehouse_id
        WHERE transfer.reference = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> TransferSummary {
        try row.nextTransfer()
    }
}

extension TransferSummary {
    fileprivate static let isLate =
        "(transfer.state IN ('in_transit', 'returning') AND COALESCE(transfer.expected_at < statement_timestamp(), false))"
    fileprivate static let columns = """
        transfer.id, transfer.reference, transfer.state, origin.code, target.code, transfer.expected_at, \(isLate)
        """
}

extension RowDecoder {
    fileprivate mutating func nextTransfer() throws(DecodingFailure) -> TransferSummary {
        TransferSummary(
            id: try next(), reference: try next(), state: try next(), from: try next(), to: try next(),
            expectedAt: try next(), isLate: try next())
    }
}

/// Reads what is asked for.
struct LinesOfTransfer: Statement {
    let transfer: ID<Transfer>

    static let sql = """
        SELECT sku.code, sku.name, sku.base_unit, owner.code, line.requested, line.picked
        FROM transfer_line AS line
        JOIN sku ON sku.id = line.sku_id
        JOIN owner ON owner.id = line.owner_id
        WHERE line.transfer_id = $1
        ORDER BY line.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> TransferLine {
        TransferLine(
            sku: try row.next(), name: try row.next(), unit: try row.next(), owner: try row.next(),
            requested: try row.next(), picked: try row.next())
    }
}

/// Reads what goes, and what has become of it.
struct GoodsOfTransfer: Statement {
    let transfer: ID<Transfer>

    static let sql = """
        SELECT lot.id, sku.code, sku.base_unit, owner.code, moving.quality, moving.storage_class, lot.expires_on, moving.picked,
            moving.waiting, moving.put_back, moving.shipped, moving.received, moving.damaged, moving.lost, moving.in_transit
        FROM transfer_lot AS moving
        JOIN lot ON lot.id = moving.lot_id
        JOIN sku ON sku.id = moving.sku_id
        JOIN owner ON owner.id = moving.owner_id
        WHERE moving.transfer_id = $1
        ORDER BY sku.code, lot.id, moving.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> TransferLot {
        TransferLot(
            lot: try row.next(), sku: try row.next(), unit: try row.next(), owner: try row.next(),
            quality: try row.next(), storageClass: try row.next(), expiresOn: try row.next(),
            counters: TransferLot.Counters(
                picked: try row.next(), waiting: try row.next(), putBack: try row.next(), shipped: try row.next(),
                received: try row.next(), damaged: try row.next(), lost: try row.next(), inTransit: try row.next()))
    }
}

/// Reads what did not arrive as it left, the newest first.
struct LossesOfTransfer: Statement {
    let transfer: ID<Transfer>
    let limit: Int32

    static let sql = """
        SELECT arrival.lot_id, arrival.damaged, arrival.lost, arrival.reason, arrival.answerable, event.actor,
            event.recorded_at
        FROM transfer_arrival AS arrival
        JOIN transfer_event AS event ON event.id = arrival.event_id
        WHERE arrival.transfer_id = $1 AND arrival.reason IS NOT NULL
        ORDER BY event.id DESC
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> TransferLoss {
        TransferLoss(
            lot: try row.next(), damaged: try row.next(), lost: try row.next(), reason: try row.next(),
            answerable: try row.next(), actor: try row.next(), recordedAt: try row.next())
    }
}
