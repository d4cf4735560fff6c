internal import EventLoop
internal import HTTPServer

/// What the numbers mean by which a server's observers are told of routes: `/v1/stock/{sku}`.
///
/// Names are only ever added, so whoever has learned what a number means need not ask again.
public final class RouteNames: Sendable {
    private let known = Lock<[String]>([])

    /// No names yet.
    init() {}

    /// All names; each stands at its number.
    public var all: [String] { known.withLock { $0 } }

    /// The number of a path, whatever its methods.
    func number(of path: String) -> RouteNumber {
        known.withLock { known in
            if let index = known.firstIndex(of: path) { return RouteNumber(UInt16(index)) }
            known.append(path)
            return RouteNumber(UInt16(known.count - 1))
        }
    }
}
