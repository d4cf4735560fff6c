/// What a registration wants to hear of its descriptor.
public struct Interest: OptionSet, Hashable, Sendable {
    /// The bits, as the C shim numbers them.
    public let rawValue: UInt32

    /// The interest with these bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// There is something to read, or the peer has closed its side.
    public static let readable = Interest(rawValue: 1)
    /// There is room to write.
    public static let writable = Interest(rawValue: 2)
}

/// What the kernel says of a descriptor. Hang-up and failure come whether or not they were asked for.
public struct Readiness: OptionSet, Hashable, Sendable {
    /// The bits, as the C shim numbers them.
    public let rawValue: UInt32

    /// The readiness with these bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A read would not block.
    public static let readable = Readiness(rawValue: 1)
    /// A write would not block.
    public static let writable = Readiness(rawValue: 2)
    /// The peer has closed its side; what it sent before can still be read.
    public static let hangUp = Readiness(rawValue: 4)
    /// The descriptor has an error, which the next call on it returns.
    public static let failed = Readiness(rawValue: 8)
}
