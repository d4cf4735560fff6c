import CloudWarehouse
import EventLoop
import HTTPServer
import JSON
import Logging
import Postgres
import PostgresTesting
import Testing

@testable import yuncang

/// A service of several threads, and what it is made of.
@Suite("A service's loops and parts", .serialized, .timeLimit(.minutes(3)))
struct ServiceLoopsTests {
    /// A service that runs in this process until the test says so.
    private struct Running {
        let service: Service
        let base: Base
        let stop: @Sendable () -> Void
        let end: Task<Void, any Error>
    }

    /// Raised once.
    private final class Flag: Sendable {
        private let state = Lock(false)
        var isUp: Bool { state.withLock { $0 } }
        func raise() { state.withLock { $0 = true } }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func settings(_ installation: PrivateInstallation, loops: Int) throws -> ServiceSettings {
        ServiceSettings(
            endpoints: [.internet(.loopback(port: 0))], base: nil, loops: loops, connections: 6,
            database: try ConnectionOptions(installation.url("yuncang_service")))
    }

    private func start(_ installation: PrivateInstallation, loops: Int) async throws -> Running {
        let service = try await Service.listening(settings(installation, loops: loops), logger: logger)
        let stopped = Flag()
        let (opened, opening) = AsyncStream<Base>.makeStream()
        let end = Task {
            try await service.run { loop in
                while !stopped.isUp, (try? await loop.sleep(until: .now().advanced(by: .milliseconds(5)))) != nil {}
            } opened: {
                opening.yield($0)
            }
        }
        let base = try #require(await opened.first { _ in true })
        return Running(service: service, base: base, stop: { stopped.raise() }, end: end)
    }

    private func withMelons(
        _ melons: Int64, loops: Int, _ body: (PrivateInstallation, Running) async throws -> Void
    ) async throws {
        try await PrivateInstallation.withBase { installation in
            try await installation.stockMelons(melons)
            let running = try await start(installation, loops: loops)
            do { try await body(installation, running) } catch { Issue.record(error) }
            running.stop()
            _ = await running.end.result
        }
    }

    private func order(_ reference: String) -> [UInt8] {
        Array(#"{"source":"shop","reference":"\#(reference)","lines":[{"sku":"melon","quantity":1}]}"#.utf8)
    }

    private func available(_ connection: ServiceConnection) async throws -> Int64? {
        let answer = try await connection.ask("GET", "/v1/stock/melon")
        let text = String(decoding: answer.body, as: UTF8.self)
        guard let place = text.firstRange(of: #""available":"#) else { return nil }
        return Int64(text[place.upperBound...].prefix { $0.isNumber })
    }

    /// Connections, at least two of them on each of two loops.
    private func connections(
        to service: Service, token: String, on loop: EventLoop
    ) async throws -> [ServiceConnection] {
        var connections: [ServiceConnection] = []
        while connections.count < 200 {
            connections.append(
                try ServiceConnection(to: service.loops[0].server.address, token: token, on: loop))
            #expect(try await connections.last?.ask("GET", "/livez").status == 200)
            let counts = [
                await service.loops[0].server.connectionCount, await service.loops[1].server.connectionCount,
            ]
            if counts.allSatisfy({ $0 >= 2 }) { return connections }
        }
        Issue.record("all connections are on one loop")
        return connections
    }

    @Test("two loops sell one stock: each shows it at once, nothing is oversold, and the end ends both")
    func twoLoops() async throws {
        try await withMelons(60, loops: 2) { installation, running in
            let token = try await installation.token()
            let loop = try EventLoop.start(name: "clients")
            let connections = try await connections(to: running.service, token: token, on: loop)
            // What one connection was answered, every connection sees.
            var left: Int64 = 60
            for (number, connection) in connections.prefix(20).enumerated() {
                #expect(try await connection.ask("POST", "/v1/orders", json: order("own-\(number)")).status == 201)
                left -= 1
                for other in connections { #expect(try await available(other) == left) }
            }
            // All at once, for more than there is.
            let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
                for (number, connection) in connections.enumerated() {
                    nonisolated(unsafe) let connection = connection  // Each task has one of its own.
                    let orders = (0..<(100 / connections.count + 1)).map { order("rush-\(number)-\($0)") }
                    group.addTask(executorPreference: loop) {
                        var statuses: [Int] = []
                        for order in orders {
                            statuses.append(try await connection.ask("POST", "/v1/orders", json: order).status)
                        }
                        return statuses
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(statuses.count { $0 == 201 } == Int(left))
            #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 })
            for connection in connections { #expect(try await available(connection) == 0) }
            running.stop()
            try await running.end.value
            for connection in connections {
                await #expect(throws: ServiceConnection.Failure.self) { try await connection.ask("GET", "/livez") }
            }
            #expect(try await installation.number("SELECT count(*) FROM base_gaoqing.customer_order") == 60)
            #expect(try await installation.differences().isEmpty)
            await loop.shutDown()
        }
    }

    @Test("a server that ends by itself ends the service, which names it and leaves nothing waiting")
    func loopEnds() async throws {
        // The one in the middle has nothing but a server: other parts live on the first and on the last.
        try await withMelons(10, loops: 3) { _, running in
            await running.service.loops[1].loop.shutDown()
            let result = await running.end.result
            #expect {
                try result.get()
            } throws: { error in
                CommandFailure(error).what.en.contains("ended by itself: the HTTP server on serve-2")
            }
        }
    }

    @Test("a part of a base's service that ends by itself is named")
    func partEnds() async throws {
        try await withMelons(10, loops: 1) { installation, running in
            let loop = try EventLoop.start(name: "test")
            let service = BaseService(
                running.base, on: [loop], settings: try settings(installation, loops: 1), logger: logger)
            await service.intake.close()
            #expect(await service.firstEnded() == "order intake")
            await service.close()
            await loop.shutDown()
        }
    }

    @Test("connections are dealt out evenly, but the intake's two are the first loop's; fewer than that are refused")
    func connectionsPerLoop() throws {
        var settings = ServiceSettings(
            endpoints: [.internet(.loopback(port: 0))], base: nil, loops: 1, connections: 8,
            database: try ConnectionOptions("host=/nowhere"))
        for (loops, connections, dealt) in [
            (1, 3, [3]), (1, 8, [8]), (2, 4, [3, 1]), (2, 8, [5, 3]), (3, 8, [4, 2, 2]), (4, 6, [3, 1, 1, 1]),
        ] {
            (settings.loops, settings.connections) = (loops, connections)
            try settings.check()
            #expect(settings.connectionsPerLoop == dealt)
        }
        for (loops, connections) in [(1, 2), (2, 3), (8, 9), (1, 10_001)] {
            (settings.loops, settings.connections) = (loops, connections)
            #expect(throws: CommandFailure.self) { try settings.check() }
        }
    }

    @Test(
        "where to listen is read from words",
        arguments: [
            ("127.0.0.1:8080", Endpoint.internet(.loopback(port: 8080))),
            ("[::1]:80", .internet(SocketAddress(host: "::1", port: 80))),
            ("unix:/run/yuncang/http.sock", .unix(UnixAddress(path: "/run/yuncang/http.sock", mode: 0o640))),
        ])
    func endpoints(text: String, endpoint: Endpoint) throws {
        #expect(try Endpoint(argument: text, mode: 0o640) == endpoint)
    }

    @Test(
        "what is neither an address nor a path is refused",
        arguments: [
            "8080", "localhost", ":80", "::1:80", "unix:", "unix:http.sock", "unix:/run/", "UNIX:/a",
            "unix:/" + String(repeating: "a", count: 107),
        ])
    func noEndpoints(text: String) {
        #expect(throws: CommandFailure.self) { try Endpoint(argument: text, mode: 0o660) }
    }

    @Test("who is trusted is read from words, commas and repetitions; nothing else is taken for it")
    func trust() throws {
        let trust = try ProxyTrust(arguments: ["127.0.0.1,10.0.0.0/8", "unix"], fields: .forwarded)
        let expected = ["127.0.0.1", "10.0.0.0/8"].compactMap { AddressRange($0) }
        #expect(trust == ProxyTrust(proxies: expected, includesLocalSockets: true, fields: .forwarded))
        #expect(try ProxyTrust(arguments: [], fields: .xForwarded) == .none)
        for word in ["", "proxy", "10.0.0.1/8", "127.0.0.1,", "127.0.0.1, ::1", "Unix"] {
            #expect(throws: CommandFailure.self) { try ProxyTrust(arguments: [word], fields: .xForwarded) }
        }
    }
}
