internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Logging
internal import WarehouseAPI

// The loop has a Readiness too.
internal import class WarehouseAPI.Readiness

/// One thread that serves: a loop, a listener on it, and the API behind that.
struct ServiceLoop: Sendable {
    /// The thread.
    let loop: EventLoop
    /// The listener.
    let server: HTTPServer
    /// What answers.
    let api: WarehouseAPI

    /// Starts so many loops that listen at the same address.
    static func start(
        _ count: Int, at address: SocketAddress, readiness: Readiness, logger: Logger
    ) async throws -> [ServiceLoop] {
        var loops: [ServiceLoop] = []
        do {
            for number in 0..<count {
                let loop = try EventLoop.start(name: "serve-\(number + 1)")
                let api = WarehouseAPI(readiness: readiness, logger: logger)
                do {
                    let place =
                        number == 0 ? try free(address, sharing: count > 1, on: loop, logger) : loops[0].server.address
                    let server = try HTTPServer(
                        at: place, on: loop, sharesPort: count > 1, logger: logger,
                        refusalResponse: api.answer(refused:_:), handler: api.answer(_:))
                    loops.append(ServiceLoop(loop: loop, server: server, api: api))
                } catch {
                    await loop.shutDown()
                    throw error
                }
            }
        } catch {
            for started in loops { await started.loop.shutDown() }
            throw error
        }
        return loops
    }

    /// The address, with a port that nobody has.
    ///
    /// A listener that shares its port gets along with those of another yuncang, which then answers half of the requests:
    /// only one that does not share notices them.
    private static func free(
        _ address: SocketAddress, sharing: Bool, on loop: EventLoop, _ logger: Logger
    ) throws(HTTPServerError) -> SocketAddress {
        guard sharing else { return address }
        return try HTTPServer(at: address, on: loop, logger: logger) { _ in Response(status: .serviceUnavailable) }
            .address
    }
}

extension HTTPServerError: ExplainedFailure {
    /// Why nothing can be served at an address.
    var commandFailure: CommandFailure {
        switch self {
        case .addressInUse(let address):
            CommandFailure(
                .unavailable,
                what: Text(en: "the port \(address.port) is taken", zh: "端口 \(address.port) 已被占用"),
                why: Text(en: "something listens on \(address) already", zh: "已有程序在 \(address) 上监听"),
                remedy: Text(
                    en: "stop it (ss -ltnp shows what it is), or choose another port with --listen",
                    zh: "停止它（用 ss -ltnp 查看是什么程序），或用 --listen 换一个端口"))
        case .malformedAddress(let host):
            .invalid(
                host,
                rule: Text(
                    en: "--listen takes a numeric address, such as 127.0.0.1:8080 or [::1]:8080",
                    zh: "--listen 要数字地址，例如 127.0.0.1:8080 或 [::1]:8080"))
        case .system(let call, let code):
            CommandFailure(
                .configuration,
                what: Text(en: "this machine cannot listen there", zh: "本机无法在该地址上监听"),
                why: .system(code, at: call),
                remedy: Text(
                    en: "use an address of this machine, and a port of 1024 or above unless you are root",
                    zh: "使用本机的地址；非 root 用户请使用 1024 及以上的端口"))
        case .loop, .alreadyRun:
            CommandFailure(
                .internalError, what: Text(en: "the server did not start", zh: "服务没有启动"), why: .quoted(description))
        }
    }
}
