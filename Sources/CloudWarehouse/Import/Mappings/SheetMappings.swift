public import Postgres

/// The saved mappings of a base.
public struct SheetMappings: Sendable {
    private let pool: Pool

    /// The mappings of the base that the connections of `pool` belong to.
    public init(pool: Pool) {
        self.pool = pool
    }

    /// All of a source, or of all, in the order of sources, kinds and names.
    public func list(of source: OrderSource? = nil) async throws(MappingError) -> [SheetMapping] {
        try await pool.rows(of: MappingsInOrder(source: source), throwing: MappingError.self)
    }

    /// The one under that key; nil when there is none.
    public func find(_ key: SheetMapping.Key) async throws(MappingError) -> SheetMapping? {
        let found = MappingsInOrder(source: key.source, kind: key.kind, name: key.name)
        return try await pool.rows(of: found, throwing: MappingError.self).first
    }

    /// Saves it, in place of the one that was there; `definition` has been read by ``MappingText`` already.
    public func save(
        _ key: SheetMapping.Key, definition: String, by principal: Principal
    ) async throws(MappingError) -> SheetMapping {
        try await pool.transaction(throwing: MappingError.self) { transaction in
            let now = try await transaction.now()
            try await transaction.execute(UpsertMapping(key: key, definition: definition, at: now))
            try await transaction.record("mapping.save", of: key.description, by: principal, at: now)
            return SheetMapping(key: key, definition: definition, savedAt: now)
        }
    }

    /// Removes it.
    public func remove(_ key: SheetMapping.Key, by principal: Principal) async throws(MappingError) {
        try await pool.transaction(throwing: MappingError.self) { transaction in
            let now = try await transaction.now()
            guard try await transaction.execute(DeleteMapping(key: key)) == 1 else {
                throw MappingError.unknownMapping(key)
            }
            try await transaction.record("mapping.remove", of: key.description, by: principal, at: now)
        }
    }
}

extension SheetMapping.Key: CustomStringConvertible {
    /// `shop orders default`
    public var description: String { "\(source.rawValue) \(kind.rawValue) \(name)" }
}
