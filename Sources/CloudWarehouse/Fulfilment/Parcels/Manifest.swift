public import Postgres

/// What a carrier takes along at one time (交接单).
public struct Manifest: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Manifest>
    /// What people call it.
    public let code: ManifestCode
    /// Who takes the parcels; nil for the base's own cars.
    public let carrier: Carrier?
    /// When its first parcel was handed over, by the database's clock.
    public let openedAt: Timestamp

    /// A manifest with these fields.
    public init(id: ID<Manifest>, code: ManifestCode, carrier: Carrier?, openedAt: Timestamp) {
        self.id = id
        self.code = code
        self.carrier = carrier
        self.openedAt = openedAt
    }
}

/// Opens a manifest; no row is written when the code is taken.
struct InsertManifest: Command {
    let id: ID<Manifest>
    let code: ManifestCode
    let carrier: Carrier?
    let at: Timestamp

    static let sql = """
        INSERT INTO manifest (id, code, carrier, opened_at) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(code)
        parameters.append(carrier)
        parameters.append(at)
    }
}

/// Reads a manifest.
struct ManifestByCode: Statement {
    let code: ManifestCode

    static let sql = "SELECT id, code, carrier, opened_at FROM manifest WHERE code = $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Manifest {
        Manifest(id: try row.next(), code: try row.next(), carrier: try row.next(), openedAt: try row.next())
    }
}

/// Says that parcels have left.
struct ShipParcels: Command {
    let parcels: [ID<Parcel>]
    let manifest: ID<Manifest>
    let at: Timestamp

    static let sql = """
        UPDATE parcel SET state = 'shipped', shipped_at = $3, manifest_id = $2 WHERE id = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
        parameters.append(manifest)
        parameters.append(at)
    }
}

/// Takes from pools that the transaction has locked what has left: it is neither sellable nor promised any more.
struct ShipFromPools: Command {
    /// Each pool once.
    let shipped: [(key: PoolKey, quantity: Int64)]

    static let sql = """
        UPDATE pool SET sellable = pool.sellable - gone.quantity, committed = pool.committed - gone.quantity,
            version = pool.version + 1
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) AS gone (sku_id, warehouse_id, owner_id, quantity)
        WHERE pool.sku_id = gone.sku_id AND pool.warehouse_id = gone.warehouse_id AND pool.owner_id = gone.owner_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(shipped.map(\.key.sku))
        parameters.append(shipped.map(\.key.warehouse))
        parameters.append(shipped.map(\.key.owner))
        parameters.append(shipped.map(\.quantity))
    }
}
