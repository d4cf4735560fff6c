internal import Crypto
public import Postgres
public import Schema

/// What a schema's record of migrations says, held against the list that this binary carries.
public struct MigrationPlan: Sendable {
    /// One migration that has run.
    public struct Recorded: Hashable, Sendable {
        /// The migration's name.
        public let name: String
        /// SHA-256 of its text.
        public let checksum: Bytea

        /// A record with these fields.
        public init(name: String, checksum: Bytea) {
            self.name = name
            self.checksum = checksum
        }
    }

    /// Those that are yet to run, in order.
    public let pending: [Migration]

    /// Compares the list with the record, which must be a beginning of it.
    ///
    /// - Throws: ``MigrationFailure`` naming the first migration that was changed, is missing, or is unknown here.
    public init(list: [Migration], recorded: [Recorded]) throws(MigrationFailure) {
        for (index, record) in recorded.enumerated() {
            guard index < list.count else { throw .newerThanBinary(record.name) }
            guard list[index].name == record.name else {
                throw list.contains { $0.name == record.name } ? .outOfOrder(record.name) : .missing(record.name)
            }
            guard list[index].checksum == record.checksum else { throw .changed(record.name) }
        }
        pending = Array(list[recorded.count...])
    }
}

extension Migration {
    /// SHA-256 of its text: what is recorded, and must not change afterwards.
    public var checksum: Bytea {
        Bytea(Array(SHA256.hash(data: Array(sql.utf8))))
    }
}
