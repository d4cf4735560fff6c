/// How much fulfilment does at once.
public enum FulfilmentLimits {
    /// The most orders of a wave.
    public static let ordersPerWave: Int32 = 20_000
    /// How many groups of orders get their lots in one transaction, whose orders and balances are locked meanwhile.
    static let groupsPerChunk: Int32 = 500
    /// The most parcels that one order is divided into.
    static let parcelsPerOrder: Int64 = 500
    /// The most parcels that one transaction makes.
    static let parcelsPerChunk: Int64 = 20_000
    /// The most parcels that one call scans.
    public static let scansPerCall = 1_000
    /// How many parcels one transaction packs or hands over.
    static let parcelsPerTransaction = 250
    /// The most rows that one page lists.
    public static let maximumPage: Int32 = 1_000
    /// How many days back orders are looked for that wait to be shipped.
    static let daysBack: Int64 = 92
    /// How much lighter than its goods a parcel may be, in percent: scales and melons differ.
    static let lighterPercent: Int64 = 5
    /// How much heavier than its goods a parcel may be, in percent.
    static let heavierPercent: Int64 = 15
    /// What box, cushions and ice packs weigh at most, in grams.
    static let boxGrams: Int64 = 1_500
}
