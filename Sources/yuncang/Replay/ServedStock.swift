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

    /// How long a delivery may take to reach the service's board.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(20)

    /// Fails unless the service answers, and to this token.
    func greet() async throws {
        let connection = try ServiceConnection(to: address, token: token, on: loop)
        let answer = try await connection.ask("GET", "/v1/stock?limit=1")
        guard answer.status == 200 else { throw Self.refusal("/v1/stock", answer) }
    }

    /// The committed base units of each SKU, over all warehouses and owners.
    ///
    /// Another process has received the goods: the service shows them a moment later.
    func committed(of skus: [SKUCode]) async throws -> [SKUCode: Int64] {
        let connection = try ServiceConnection(to: address, token: token, on: loop)
        let deadline = MonotonicInstant.now().advanced(by: Self.patience)
        var committed: [SKUCode: Int64] = [:]
        for sku in skus {
            let target = "/v1/stock/\(PathSegment.encoded(sku.rawValue))"
            var answer = try await connection.ask("GET", target)
            while answer.status == 404, MonotonicInstant.now() < deadline {
                try await loop.sleep(until: .now().advanced(by: Self.pause))
                answer = try await connection.ask("GET", target)
            }
            guard answer.status == 200, let page = try? JSONType<JSONValue>.any.read(answer.body),
                case .array(let levels)? = page["levels"]
            else {
                throw Self.refusal(sku.rawValue, answer)
            }
            for case .integer(let number)? in levels.map({ $0["committed"] }) { committed[sku, default: 0] += number }
        }
        return committed
    }

    private static func refusal(_ what: String, _ answer: ServiceConnection.Answer) -> CommandFailure {
        CommandFailure(
            .failure, what: Text(en: "the service does not tell its stock", zh: "服务没有给出库存"),
            why: .quoted("\(what): \(answer.status) \(String(decoding: answer.body.prefix(500), as: UTF8.self))"))
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
            case .unreachable(let reason): Text.quoted(reason)
            case .broken: Text(en: "the connection ended in the midst", zh: "连接中途断开")
            case .late: Text(en: "no answer came in time", zh: "没有及时应答")
            }
        return CommandFailure(
            .unavailable, what: Text(en: "the service cannot be asked", zh: "无法访问服务"), why: why,
            remedy: Text(en: "start it, or name another one with --url", zh: "请启动服务，或用 --url 指定另一个"),
            next: [NextStep(command: "yuncang serve", purpose: Text(en: "serve the base", zh: "启动服务"))])
    }
}
