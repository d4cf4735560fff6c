import Postgres

/// Lists mappings: of a source, of a kind, of a name, or all.
struct MappingsInOrder: Statement {
    let source: OrderSource?
    var kind: SheetMapping.Kind?
    var name: MappingName?

    static let sql = """
        SELECT source, kind, name, definition, saved_at
        FROM sheet_mapping
        WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR name = $3)
        ORDER BY source, kind, name
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(source)
        parameters.append(kind)
        parameters.append(name)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SheetMapping {
        SheetMapping(
            key: SheetMapping.Key(source: try row.next(), kind: try row.next(), name: try row.next()),
            definition: try row.next(), savedAt: try row.next())
    }
}

/// Saves a mapping, in place of the one that was there.
struct UpsertMapping: Command {
    let key: SheetMapping.Key
    let definition: String
    let at: Timestamp

    static let sql = """
        INSERT INTO sheet_mapping (source, kind, name, definition, saved_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (source, kind, name) DO UPDATE SET definition = EXCLUDED.definition, saved_at = EXCLUDED.saved_at
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(key.source)
        parameters.append(key.kind)
        parameters.append(key.name)
        parameters.append(definition)
        parameters.append(at)
    }
}

/// Removes a mapping.
struct DeleteMapping: Command {
    let key: SheetMapping.Key

    static let sql = "DELETE FROM sheet_mapping WHERE source = $1 AND kind = $2 AND name = $3"

    func bind(to parameters: inout Parameters) {
        parameters.append(key.source)
        parameters.append(key.kind)
        parameters.append(key.name)
    }
}
