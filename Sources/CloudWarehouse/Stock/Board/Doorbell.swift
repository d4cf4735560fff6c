import Postgres

/// What is said to all boards of a base after a commit: which SKUs to read again.
///
/// It is a hint. Whoever gets it reads the rows as they are, so that one that is lost, late, or comes twice does no harm.
struct Doorbell: Equatable, Sendable {
    /// What to read again.
    enum Wanted: Equatable, Sendable {
        case skus(Set<ID<SKU>>)
        case all
    }

    /// PostgreSQL takes 8,000 bytes; what has no room says "all".
    static let payloadBytes = 7_168

    /// Who rings: whoever hears its own doorbell has shown the change already.
    let origin: String
    let wanted: Wanted

    init(from origin: String, for wanted: Wanted) {
        self.origin = origin
        self.wanted = wanted
    }

    /// Reads a payload; what it does not understand means everything.
    init(payload: String) {
        let words = payload.split(separator: " ", omittingEmptySubsequences: false)
        origin = words.first.map(String.init) ?? ""
        let skus = words.dropFirst().map { ID<SKU>(String($0)) }
        wanted = skus.isEmpty || skus.contains(nil) ? .all : .skus(Set(skus.compactMap { $0 }))
    }

    /// `origin id id …`, or `origin *` for everything.
    var payload: String {
        guard case .skus(let skus) = wanted else { return "\(origin) *" }
        let text = ([origin] + skus.map(\.description)).joined(separator: " ")
        return text.utf8.count <= Self.payloadBytes ? text : "\(origin) *"
    }

    /// The channel of the base in that schema.
    static func channel(of schema: String) -> String { "yuncang_stock_" + schema }
}

/// Rings, as a statement of its own: within the transaction of a change its lock would make all of them wait.
struct RingDoorbell: Statement {
    let doorbell: Doorbell

    static let sql = """
        SELECT pg_notify('yuncang_stock_' || current_schema(), $1)::text
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(doorbell.payload)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> String {
        try row.next()
    }
}
