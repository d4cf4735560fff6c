internal import EventLoop
internal import HTTPServer
internal import HTTPTypes

/// Counts of exchanges by route, method and class of status, and how long they took; plain numbers of one loop.
///
/// Both routes and methods are few whatever clients send: a path that is no route is none, a method that is not known is
/// another.
struct RequestStatistics: Sendable {
    /// The names of methods, in the order of their numbers.
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other", "none"]
    /// The classes of status, in the order of their numbers.
    static let classes = ["none", "2xx", "3xx", "4xx", "5xx"]
    /// The upper bounds of the buckets, in microseconds; the last bucket has none.
    static let bounds: [Int64] = [
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        5_000_000, 10_000_000,
    ]

    /// One route and method: the counts of each class of status, of each bucket, and the sum of durations.
    struct Row: Sendable {
        var classes = InlineArray<5, UInt64>(repeating: 0)
        var buckets = InlineArray<17, UInt64>(repeating: 0)
        var nanoseconds: Int64 = 0

        var isEmpty: Bool { classes.indices.allSatisfy { classes[$0] == 0 } }
    }

    /// The rows of route 0, then those of route 1, and so on; what is no route has the first ones.
    private(set) var rows: [Row] = []
    private(set) var refusals: [Refusal: UInt64] = [:]
    private(set) var cutOff: UInt64 = 0
    private(set) var receivedBytes: UInt64 = 0
    private(set) var sentBytes: UInt64 = 0

    mutating func note(_ exchange: Exchange) {
        let route = exchange.route == .none ? 0 : Int(exchange.route.rawValue) + 1
        let index = route * Self.methods.count + Self.number(of: exchange.method)
        while index >= rows.count { rows.append(Row()) }
        let nanoseconds = max(0, exchange.end.nanoseconds - exchange.start.nanoseconds)
        rows[index].classes[Self.classNumber(of: exchange.status)] += 1
        // How long a stream was there says nothing of how fast answers are.
        if !exchange.isStream {
            rows[index].buckets[Self.bucket(of: nanoseconds / 1_000)] += 1
            rows[index].nanoseconds += nanoseconds
        }
        receivedBytes += UInt64(exchange.requestBytes)
        sentBytes += UInt64(exchange.responseBytes)
        if let refusal = exchange.refusal { refusals[refusal, default: 0] += 1 }
        if exchange.isCutOff { cutOff += 1 }
    }

    /// Adds what another loop counted.
    mutating func add(_ other: RequestStatistics) {
        while rows.count < other.rows.count { rows.append(Row()) }
        for (index, row) in other.rows.enumerated() {
            for number in row.classes.indices { rows[index].classes[number] += row.classes[number] }
            for number in row.buckets.indices { rows[index].buckets[number] += row.buckets[number] }
            rows[index].nanoseconds += row.nanoseconds
        }
        refusals.merge(other.refusals, uniquingKeysWith: +)
        cutOff += other.cutOff
        receivedBytes += other.receivedBytes
        sentBytes += other.sentBytes
    }

    private static func number(of method: HTTPRequest.Method?) -> Int {
        switch method {
        case .get?: 0
        case .head?: 1
        case .post?: 2
        case .put?: 3
        case .patch?: 4
        case .delete?: 5
        case .options?: 6
        case nil: 8
        default: 7
        }
    }

    private static func classNumber(of status: Int) -> Int {
        status >= 500 ? 4 : status >= 400 ? 3 : status >= 300 ? 2 : status >= 200 ? 1 : 0
    }

    private static func bucket(of microseconds: Int64) -> Int {
        var bucket = 0
        while bucket < bounds.count, microseconds > bounds[bucket] { bucket += 1 }
        return bucket
    }
}
