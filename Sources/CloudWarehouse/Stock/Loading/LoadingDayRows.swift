import Postgres

/// Lists what ended within some hours, in the order in which it was planned.
struct LoadingsOfDay: Statement {
    let hours: Range<Timestamp>
    let warehouse: WarehouseCode?
    let limit: Int32

    static let sql = """
        SELECT \(LoadingSummary.columns)
        FROM loading
        JOIN warehouse ON warehouse.id = loading.warehouse_id
        WHERE loading.finished_at >= $1 AND loading.finished_at < $2 AND ($3::text IS NULL OR warehouse.code = $3)
        ORDER BY loading.id
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(hours.lowerBound)
        parameters.append(hours.upperBound)
        parameters.append(warehouse)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LoadingSummary { try row.nextLoading() }
}

/// Adds up by person what ended within some hours.
struct LoadingPeopleOfDay: Statement {
    let hours: Range<Timestamp>
    let warehouse: WarehouseCode?
    let limit: Int32

    static let sql = """
        SELECT part.name, part.employment, count(*),
            LEAST(sum(floor(EXTRACT(EPOCH FROM part.finished_at - part.started_at) / 60)), $5)::bigint,
            LEAST(COALESCE(sum(part.pieces), 0), $5)::bigint, LEAST(COALESCE(sum(part.grams), 0), $5)::bigint
        FROM (\(LoadingPartsOfDay.parts)) AS part
        JOIN warehouse ON warehouse.id = part.warehouse_id
        WHERE $3::text IS NULL OR warehouse.code = $3
        GROUP BY part.name, part.employment
        ORDER BY part.name, part.employment
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(hours.lowerBound)
        parameters.append(hours.upperBound)
        parameters.append(warehouse)
        parameters.append(limit)
        parameters.append(LoadingPerson.greatest)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LoadingPerson {
        LoadingPerson(
            worker: LoadingWorker(name: try row.next(), employment: try row.next()), loadings: try row.next(),
            minutes: try row.next(), pieces: try row.next(), grams: try row.next())
    }
}

/// Lists each person's part in what ended within some hours, by loading and person.
struct LoadingPartsOfDay: Statement {
    let hours: Range<Timestamp>
    let warehouse: WarehouseCode?
    let after: LoadingPart.Position?
    let limit: Int32

    /// What a loading moved is divided evenly; of what is left over each of the first has one.
    static let parts = """
        SELECT loading.id, loading.warehouse_id, loading.started_at, loading.finished_at, worker.position, worker.name,
                worker.employment,
                loading.pieces / crew.size + CASE WHEN worker.position <= loading.pieces % crew.size THEN 1 ELSE 0 END
                    AS pieces,
                loading.grams / crew.size + CASE WHEN worker.position <= loading.grams % crew.size THEN 1 ELSE 0 END
                    AS grams
            FROM loading
            JOIN loading_worker AS worker ON worker.loading_id = loading.id AND worker.event = 'finish'
            CROSS JOIN LATERAL (
                SELECT count(*) AS size FROM loading_worker AS other
                WHERE other.loading_id = loading.id AND other.event = 'finish'
            ) AS crew
            WHERE loading.finished_at >= $1 AND loading.finished_at < $2
        """

    static let sql = """
        SELECT \(LoadingSummary.columns), part.name, part.employment, part.pieces, part.grams, part.position
        FROM (\(parts)) AS part
        JOIN loading ON loading.id = part.id
        JOIN warehouse ON warehouse.id = loading.warehouse_id
        WHERE ($3::text IS NULL OR warehouse.code = $3) AND (part.id, part.position) > ($4, $5)
        ORDER BY part.id, part.position
        LIMIT $6
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(hours.lowerBound)
        parameters.append(hours.upperBound)
        parameters.append(warehouse)
        parameters.append(after?.loading ?? .least)
        parameters.append(after?.number ?? 0)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LoadingPart {
        let loading = try row.nextLoading()
        return LoadingPart(
            loading: loading, worker: LoadingWorker(name: try row.next(), employment: try row.next()),
            pieces: try row.next(), grams: try row.next(),
            position: LoadingPart.Position(loading: loading.id, number: try row.next()))
    }
}
