public import Postgres

/// How the files of one order source are read or written, saved under a name.
public struct SheetMapping: Hashable, Sendable {
    /// What files it is for; the raw values are stable, for programs.
    public enum Kind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
        /// The platform's export of orders.
        case orders
        /// Files that say by which carriers, and under which numbers, orders were sent.
        case shipments
    }

    /// What makes a mapping one and the same.
    public struct Key: Hashable, Sendable {
        /// Whose files they are.
        public let source: OrderSource
        /// What files they are.
        public let kind: Kind
        /// Which of several mappings it is.
        public let name: MappingName

        /// A key of these parts.
        public init(source: OrderSource, kind: Kind, name: MappingName = .usual) {
            self.source = source
            self.kind = kind
            self.name = name
        }
    }

    /// The most bytes of a definition.
    public static let bytesAtMost = 16_384

    /// Whose files, of what kind, under what name.
    public let key: Key
    /// Lines as ``MappingText`` reads them, as they were saved.
    public let definition: String
    /// When it was saved, by the database's clock.
    public let savedAt: Timestamp

    /// A mapping with these fields.
    public init(key: Key, definition: String, savedAt: Timestamp) {
        self.key = key
        self.definition = definition
        self.savedAt = savedAt
    }
}

/// The name of a mapping.
public typealias MappingName = Code<SheetMapping>

extension Code where Entity == SheetMapping {
    /// The one that is taken when none is named.
    public static var usual: MappingName {
        guard let name = MappingName(rawValue: "default") else { preconditionFailure("a plain word is refused") }
        return name
    }
}

/// Why a mapping was not found or saved.
public enum MappingError: DomainError {
    /// There is none under this key.
    case unknownMapping(SheetMapping.Key)
    /// The database failed.
    case database(PostgresError)
}
