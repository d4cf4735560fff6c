import FoundationEssentials
public import Postgres

/// Makes the ids of one transaction: UUIDv7 (RFC 9562) of the instant that the database's clock gave it.
///
/// The 48 bits of time are the database's milliseconds, never this machine's. The 12 bits after the version count the ids
/// of the generator, so that ids of one transaction ascend; 62 bits are random, so that two servers never meet. After
/// 4,096 ids the time is carried on by a millisecond.
public struct IDGenerator: Sendable {
    private var milliseconds: UInt64
    private var counter: UInt64 = 0

    /// Starts at `instant`, which must come from the database and lie after 1970.
    public init(at instant: Timestamp) {
        precondition(instant.microsecondsSince1970 >= 0, "the database's clock stands before 1970")
        milliseconds = UInt64(instant.millisecondsSince1970)
    }

    /// The next id, greater than all that this generator made before.
    public mutating func next<Entity>(_ entity: Entity.Type = Entity.self) -> ID<Entity> {
        if counter > 0xFFF {
            milliseconds += 1
            counter = 0
        }
        let high = milliseconds << 16 | 0x7000 | counter
        let low = 0x8000_0000_0000_0000 | (UInt64.random(in: .min ... .max) >> 2)
        counter += 1
        return ID(rawValue: UUID(high: high, low: low))
    }
}

extension UUID {
    /// The UUID of two big-endian halves.
    init(high: UInt64, low: UInt64) {
        var halves = (high.bigEndian, low.bigEndian)
        self = withUnsafeBytes(of: &halves) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

}

extension ID {
    /// What no id of the instant's millisecond lies below, and no earlier one above: a bound for ranges of ids.
    init(firstAt instant: Timestamp) {
        self.init(rawValue: UUID(high: UInt64(instant.millisecondsSince1970) << 16, low: 0))
    }
}
