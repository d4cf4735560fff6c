public import EventLoop

/// How far a picture of the stock can be trusted.
public enum Freshness: Hashable, Sendable {
    /// Nothing was read yet.
    case unread
    /// It shows what was committed, as far as anybody has told.
    case current
    /// It may miss changes; it was whole at this instant.
    case stale(since: MonotonicInstant)

    /// For how long changes may have been missed; nil while nothing is known to be missing.
    public func age(at now: MonotonicInstant) -> Duration? {
        guard case .stale(let since) = self else { return nil }
        return max(now - since, .zero)
    }
}
