public import FoundationEssentials
public import Postgres

/// The identity of one row of `Entity`: a UUIDv7 made by the service from the database's clock.
///
/// Ids of different things do not mix. They are ordered as PostgreSQL orders `uuid`, byte by byte, which is the order in
/// which row locks are taken.
public struct ID<Entity>: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// The sixteen bytes.
    public let rawValue: UUID

    /// Takes any UUID: an id that names no row is found out by the query that looks for it.
    public init(rawValue: UUID) {
        self.rawValue = rawValue
    }
}

extension ID {
    /// The id of zeros.
    public static var sample: Self { Self(rawValue: .sample) }
}

extension ID: Comparable {
    /// Compares the sixteen bytes from the first on.
    public static func < (left: Self, right: Self) -> Bool {
        left.words < right.words
    }

    /// The sixteen bytes as two big-endian halves.
    var words: (UInt64, UInt64) {
        withUnsafeBytes(of: rawValue.uuid) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}

extension ID: CustomStringConvertible, LosslessStringConvertible {
    /// Reads the usual text, 8-4-4-4-12 hexadecimal digits; nil for anything else.
    public init?(_ description: String) {
        guard let uuid = UUID(uuidString: description) else { return nil }
        self.init(rawValue: uuid)
    }

    /// The usual text in lower case, as PostgreSQL prints it.
    public var description: String { rawValue.uuidString.lowercased() }
}
