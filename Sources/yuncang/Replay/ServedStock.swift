internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import JSON

/// What a served base says over HTTP that paid orders claim, per SKU.
struct ServedStock: Sendable {
    /// Where the base is served.
    let address: SocketAddress
    /// A bearer token, if there is one.
    let token: String?
    /// Where the sockets are.
    let loop: EventLoop

    /// How long a board may take to show what another process has just received.
    private static let patience = Duration.seconds(10)
    /// The pause before it is asked again.
    private static let pause = Duration.milliseconds(20)

    /// The committed base units of each SKU, over all warehouses and owners.
    ///
    /// A SKU that was received a moment ago may not be on the service's board yet: it is asked again for a while.
    func committed(of skus: [SKUCode]) async throws -> [SKUCode: Int64] {
        let connection = try ServiceConnection(to: address, token: token, on: loop)
        var committed: [SKUCode: Int64] = [:]
        for sku in skus {
            let answer = try await levels(of: sku, through: connection)
            guard answer.status == 200, let page = try? JSONType<JSONValue>.any.read(answer.body),
                case .array(let levels)? = page["levels"]
            else {
                throw CommandFailure(
                    .failure, what: Text(en: "the service does not tell its stock", zh: "服务没有给出库存"),
                    why: .verbatim(
                        "\(sku): \(answer.status) \(String(decoding: answer.body.prefix(500), as: UTF8.self))"))
            }
            for case .integer(let number)? in levels.map({ $0["committed"] }) { committed[sku, default: 0] += number }
        }
        return committed
    }

    private func levels(of sku: SKUCode, through connection: ServiceConnection) async throws
        -> ServiceConnection.Answer
    {
        let deadline = MonotonicInstant.now().advanced(by: Self.patience)
        while true {
            let answer = try await connection.ask("GET", "/v1/stock/\(PathSegment.encoded(sku.rawValue))")
            let isYetToCome = answer.status == 404 || answer.status == 503
            guard isYetToCome, MonotonicInstant.now() < deadline else { return answer }
            try await loop.sleep(until: .now().advanced(by: Self.pause))
        }
    }
}

/// A segment of a request's path.
enum PathSegment {
    /// Every byte that is not unreserved (RFC 3986, 2.3) as `%XX`.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

extension ServiceConnection.Failure: ExplainedFailure {
    /// A service that cannot be asked.
    var commandFailure: CommandFailure {
        let why =
            switch self {
            case .unreachable(let reason): reason
            case .broken: "the connection ended in the midst"
            case .late: "no answer came in time"
            }
        return CommandFailure(
            .unavailable, what: Text(en: "the service cannot be asked", zh: "无法访问服务"), why: .verbatim(why),
            remedy: Text(en: "start it, or name another one with --url", zh: "请启动服务，或用 --url 指定另一个"),
            next: [NextStep(command: "yuncang serve", purpose: Text(en: "serve the base", zh: "启动服务"))])
    }
}
