public import Postgres

/// One event for others to read.
public enum OutboxEvent {}

/// A row that an event speaks of; its kind says of which table.
public enum OutboxSubject {}

/// An event with its number.
public struct NumberedEvent: Hashable, Sendable {
    /// Where it stands among all events: one more than that of the event before.
    public let number: Int64
    /// Its identity.
    public let id: ID<OutboxEvent>
    /// What happened, such as `orders.placed`.
    public let kind: String
    /// The rows that it speaks of.
    public let subjects: [ID<OutboxSubject>]
    /// When it happened, by the database's clock.
    public let recordedAt: Timestamp
}
