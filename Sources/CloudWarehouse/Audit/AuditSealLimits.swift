/// The bounds of an audit sealer.
public struct AuditSealLimits: Sendable {
    /// Between two looks for rows to seal.
    public var interval: Duration = .seconds(60)
    /// How old a row is before it is sealed. It need only exceed what the database's clock may ever be set back by, or a
    /// new primary's lie behind the old one's: transactions that are still running are known.
    public var margin: Duration = .seconds(60)
    /// Rows under one seal, which bounds its size: 48 bytes each.
    public var rowsPerSeal: Int32 = 1_000
    /// Seals of one look; what is left over is taken at the next.
    public var sealsPerLook = 100

    /// The bounds that the service uses.
    public init() {}
}
