/// How many connections a server has, and had since its start.
public struct ConnectionCounts: Hashable, Sendable {
    /// Open now, those that are being let go included.
    public internal(set) var open = 0
    /// Taken over from the kernel.
    public internal(set) var accepted = 0
    /// Of those, answered 503 because there were too many.
    public internal(set) var refused = 0
    /// Of those, closed without a word because even of the refused there were too many.
    public internal(set) var dropped = 0
    /// How often accepting rested because descriptors or memory had run out.
    public internal(set) var pauses = 0
}
