import Postgres

/// A process that numbers events, or stands by.
enum RelayHolder {}

/// Who numbers events, and how far that has come.
struct RelayLease: Equatable, Sendable {
    var holder: ID<RelayHolder>?
    var expiresAt: Timestamp
    var lastNumber: Int64
    var settledBefore: ID<OutboxEvent>

    /// Whether somebody else has it at `now`.
    func isTaken(from candidate: ID<RelayHolder>, at now: Timestamp) -> Bool {
        holder != nil && holder != candidate && expiresAt > now
    }

    /// Whether it is about to expire, so that its holder has to write it even if there is nothing else to write.
    func isWaning(at now: Timestamp, of length: Duration) -> Bool {
        expiresAt < now.advanced(by: length / 2)
    }
}

/// Locks the lease and reads it as it is under the lock.
struct LockRelayLease: Statement {
    static let sql = """
        SELECT holder, expires_at, last_number, settled_before FROM relay_lease WHERE name = 'outbox' FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> RelayLease {
        RelayLease(
            holder: try row.next(), expiresAt: try row.next(), lastNumber: try row.next(),
            settledBefore: try row.next())
    }
}

/// Writes the lease that the transaction has locked.
struct UpdateRelayLease: Command {
    let lease: RelayLease

    static let sql = """
        UPDATE relay_lease SET holder = $1, expires_at = $2, last_number = $3, settled_before = $4 WHERE name = 'outbox'
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(lease.holder)
        parameters.append(lease.expiresAt)
        parameters.append(lease.lastNumber)
        parameters.append(lease.settledBefore)
    }
}

/// Gives the lease up, if it is still the holder's.
struct ReleaseRelayLease: Command {
    let holder: ID<RelayHolder>

    static let sql = """
        UPDATE relay_lease SET holder = NULL WHERE name = 'outbox' AND holder = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(holder)
    }
}

/// Numbers those events from an id on that have no number, in the order of their ids.
struct NumberEvents: Command {
    let from: ID<OutboxEvent>
    let after: Int64
    let limit: Int32

    static let sql = """
        INSERT INTO outbox_number (number, event_id)
        SELECT $2 + row_number() OVER (ORDER BY id), id
        FROM (
            SELECT id
            FROM outbox
            WHERE id >= $1 AND NOT EXISTS (SELECT FROM outbox_number WHERE event_id = outbox.id)
            ORDER BY id
            LIMIT $3
        ) AS new
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(from)
        parameters.append(after)
        parameters.append(limit)
    }
}

extension Timestamp {
    /// This instant moved by `duration`.
    func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(
            microsecondsSince1970: microsecondsSince1970 + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
