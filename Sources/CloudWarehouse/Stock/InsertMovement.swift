import Postgres

/// The document that a movement of goods belongs to.
enum MovementDocument: Hashable {
    case adjustment(ID<Adjustment>)
    case inbound(ID<Inbound>)
    case transfer(ID<Transfer>)
    case count(ID<StockCount>)
    case wave(ID<Wave>)
    case manifest(ID<Manifest>)
}

extension MovementDocument {
    /// Its kind, and its id.
    func bind(to parameters: inout Parameters) {
        switch self {
        case .adjustment(let adjustment):
            parameters.append("adjustment")
            parameters.append(adjustment)
        case .inbound(let inbound):
            parameters.append("inbound")
            parameters.append(inbound)
        case .transfer(let transfer):
            parameters.append("transfer")
            parameters.append(transfer)
        case .count(let count):
            parameters.append("count")
            parameters.append(count)
        case .wave(let wave):
            parameters.append("wave")
            parameters.append(wave)
        case .manifest(let manifest):
            parameters.append("manifest")
            parameters.append(manifest)
        }
    }
}

/// Writes a row of the ledger: goods that go from one place to another.
struct InsertMovement: Command {
    let id: ID<LedgerEntry>
    let plan: AdjustmentPlan
    let document: MovementDocument
    let at: Timestamp

    static let sql = """
        INSERT INTO movement (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity,
            from_quality, to_quality, reason, document_kind, document_id, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(plan.from.location)
        parameters.append(plan.to.location)
        parameters.append(plan.goods.sku)
        parameters.append(plan.goods.lot)
        parameters.append(plan.goods.owner)
        parameters.append(plan.quantity)
        parameters.append(plan.from.quality)
        parameters.append(plan.to.quality)
        parameters.append(plan.reason)
        document.bind(to: &parameters)
        parameters.append(at)
    }
}
