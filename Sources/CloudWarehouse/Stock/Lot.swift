public import Postgres

/// Goods of one SKU and owner that came together (批次).
public struct Lot: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Lot>
    /// What it is.
    public let sku: ID<SKU>
    /// Whose it is.
    public let owner: ID<Owner>
    /// 采收日期
    public let harvestedOn: CalendarDate?
    /// 保质期到期: the last day on which it is good.
    public let expiresOn: CalendarDate?
    /// 等级, as the base's people name grades.
    public let grade: Grade?
}

/// Inserts lots.
struct InsertLots: Command {
    let lots: [Lot]
    let status: LotStatus
    let at: Timestamp

    static let sql = """
        INSERT INTO lot (id, sku_id, owner_id, harvested_on, expires_on, grade, status, created_at)
        SELECT id, sku_id, owner_id, harvested_on, expires_on, grade, $8, $7
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::text[])
            AS new (id, sku_id, owner_id, harvested_on, expires_on, grade)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lots.map(\.id))
        parameters.append(lots.map(\.sku))
        parameters.append(lots.map(\.owner))
        parameters.append(lots.map(\.harvestedOn))
        parameters.append(lots.map(\.expiresOn))
        parameters.append(lots.map(\.grade))
        parameters.append(at)
        parameters.append(status)
    }
}
