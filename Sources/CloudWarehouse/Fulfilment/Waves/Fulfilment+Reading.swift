import Postgres

extension Fulfilment {
    /// The wave of this code, if there is one.
    public func wave(_ code: WaveCode) async throws(FulfilmentError) -> Wave? {
        try await pool.rows(of: WaveByCode(code: code), throwing: FulfilmentError.self).first
    }

    /// Lists waves, the newest first, a page at a time: those before `before`.
    public func waves(
        before: ID<Wave>? = nil, limit: Int32 = 100
    ) async throws(FulfilmentError) -> [Wave] {
        let limit = min(max(limit, 1), FulfilmentLimits.maximumPage)
        return try await pool.rows(of: WavesBefore(before: before, limit: limit), throwing: FulfilmentError.self)
    }

    /// How a wave stands, with what became of its orders.
    public func progress(of code: WaveCode) async throws(FulfilmentError) -> WaveProgress {
        guard let wave = try await wave(code) else { throw .waveStays(.unknown) }
        let tallies = try await pool.rows(of: OutcomesOfWave(wave: wave.id), throwing: FulfilmentError.self).first
        return WaveProgress(
            id: wave.id, code: code, state: wave.state, orders: tallies?.orders ?? 0, bound: tallies?.bound ?? 0,
            partial: tallies?.partial ?? 0, short: tallies?.short ?? 0, changed: tallies?.changed ?? 0,
            parcels: tallies?.parcels ?? 0)
    }

    /// Lists the parcels of a wave by their numbers, a page at a time: those after `after`.
    public func parcels(
        of code: WaveCode, after: Int32 = 0, state: ParcelState? = nil, limit: Int32 = FulfilmentLimits.maximumPage
    ) async throws(FulfilmentError) -> [Parcel] {
        guard let wave = try await wave(code) else { throw .waveStays(.unknown) }
        let limit = min(max(limit, 1), FulfilmentLimits.maximumPage)
        return try await pool.rows(
            of: ParcelsOfWave(wave: wave.id, after: after, state: state, limit: limit), throwing: FulfilmentError.self)
    }

    /// The manifest of this code with what was handed over under it, by number; at most ``FulfilmentLimits/maximumPage`` a page.
    public func manifest(
        _ code: ManifestCode, after: ID<Parcel>? = nil, limit: Int32 = FulfilmentLimits.maximumPage
    ) async throws(FulfilmentError) -> (manifest: Manifest, parcels: [Parcel]) {
        let found = try await pool.rows(of: ManifestByCode(code: code), throwing: FulfilmentError.self)
        guard let manifest = found.first else { throw .unknownManifest }
        let limit = min(max(limit, 1), FulfilmentLimits.maximumPage)
        let parcels = try await pool.rows(
            of: ParcelsOfManifest(manifest: manifest.id, after: after, limit: limit), throwing: FulfilmentError.self)
        return (manifest, parcels)
    }
}

extension Wave {
    /// What ``RowDecoder/nextWave()`` reads.
    static let columns = """
        wave.id, wave.code, wave.state, wave.kind, warehouse.code, wave.carrier, wave.ship_on, wave.order_count,
            wave.parcel_count, wave.planned_at
        """
}

extension Parcel {
    /// What ``RowDecoder/nextParcel()`` reads.
    static let columns = """
        parcel.id, wave.code, parcel.number, parcel.state, parcel.round, parcel.slot, parcel.storage_class, parcel.carrier,
            parcel.tracking, parcel.expected_grams, parcel.weighed_grams, parcel.is_short,
            (SELECT count(*) FROM parcel_order WHERE parcel_order.parcel_id = parcel.id)
        """
}

extension RowDecoder {
    /// The columns of a wave.
    mutating func nextWave() throws(DecodingFailure) -> Wave {
        Wave(
            id: try next(), code: try next(), state: try next(), kind: try next(), warehouse: try next(),
            carrier: try next(), shipOn: try next(), orders: try next(), parcels: try next(), plannedAt: try next())
    }

    /// The columns of a parcel.
    mutating func nextParcel() throws(DecodingFailure) -> Parcel {
        Parcel(
            id: try next(), label: ParcelLabel(wave: try next(), number: try next()), state: try next(),
            round: try next(), slot: try next(), storageClass: try next(), carrier: try next(), tracking: try next(),
            expectedGrams: try next(), weighedGrams: try next(), isShort: try next(), orders: try next())
    }
}

/// Reads a wave.
struct WaveByCode: Statement {
    let code: WaveCode

    static let sql = """
        SELECT \(Wave.columns) FROM wave JOIN warehouse ON warehouse.id = wave.warehouse_id WHERE wave.code = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Wave { try row.nextWave() }
}

/// Lists waves, the newest first.
struct WavesBefore: Statement {
    let before: ID<Wave>?
    let limit: Int32

    static let sql = """
        SELECT \(Wave.columns)
        FROM wave
        JOIN warehouse ON warehouse.id = wave.warehouse_id
        WHERE wave.id < $1
        ORDER BY wave.id DESC
        LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Wave { try row.nextWave() }
}

/// Lists the parcels of a wave.
struct ParcelsOfWave: Statement {
    let wave: ID<Wave>
    let after: Int32
    let state: ParcelState?
    let limit: Int32

    static let sql = """
        SELECT \(Parcel.columns)
        FROM parcel
        JOIN wave ON wave.id = parcel.wave_id
        WHERE parcel.wave_id = $1 AND parcel.number > $2 AND ($3::text IS NULL OR parcel.state = $3)
        ORDER BY parcel.number
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(after)
        parameters.append(state)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Parcel { try row.nextParcel() }
}

/// Lists what was handed over under a manifest.
struct ParcelsOfManifest: Statement {
    let manifest: ID<Manifest>
    let after: ID<Parcel>?
    let limit: Int32

    static let sql = """
        SELECT \(Parcel.columns)
        FROM parcel
        JOIN wave ON wave.id = parcel.wave_id
        WHERE parcel.manifest_id = $1 AND ($2::uuid IS NULL OR parcel.id > $2)
        ORDER BY parcel.id
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(manifest)
        parameters.append(after)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Parcel { try row.nextParcel() }
}
