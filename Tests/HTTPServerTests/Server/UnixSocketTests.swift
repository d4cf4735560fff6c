import EventLoop
import Glibc
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Unix-domain sockets", .timeLimit(.minutes(1)))
struct UnixSocketTests {
    /// A folder of a test's own.
    private struct Folder: ~Copyable {
        let path: String

        init() throws {
            var template = Array("/tmp/yuncang-sockets.XXXXXX".utf8CString)
            try #require(mkdtemp(&template) != nil)
            path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        func address(_ mode: UInt32 = 0o660) -> UnixAddress { UnixAddress(path: path + "/http.sock", mode: mode) }

        deinit {
            unlink(path + "/http.sock")
            rmdir(path)
        }
    }

    private let loop: EventLoop
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        loop = try EventLoop.start(name: "http test")
    }

    private func server(
        _ endpoints: [Endpoint], on other: EventLoop? = nil, trust: ProxyTrust = .none, says word: String = "one"
    ) throws -> HTTPServer {
        try HTTPServer(at: endpoints, on: other ?? loop, trust: trust, logger: logger) { request in
            Response(status: .ok, body: Array("\(word) \(request.clientAddress)".utf8))
        }
    }

    /// Runs the servers around `body`, then drains them, and shuts the loop down.
    private func running(_ servers: [HTTPServer], _ body: () async throws -> Void) async throws {
        let tasks = servers.map { server in Task { try await server.run() } }
        do { try await body() } catch { Issue.record(error) }
        for server in servers { server.drain() }
        for task in tasks { try await task.value }
        await loop.shutDown()
    }

    private func mode(_ path: String) -> UInt32? {
        var found = stat()
        return lstat(path, &found) == 0 ? UInt32(found.st_mode) & 0o777 : nil
    }

    @Test("a path and an address are served side by side; the file has its mode, and is gone in the end")
    func served() async throws {
        let folder = try Folder()
        let address = folder.address(0o606)
        let server = try server([.internet(.loopback(port: 0)), .unix(address)])
        #expect(server.endpoints.count == 2 && server.endpoints[1] == .unix(address))
        #expect(mode(address.path) == 0o606)
        try await running([server]) {
            let (local, remote) = (try RawClient(to: address, on: loop), try RawClient(to: server.address, on: loop))
            try await local.get("/", "/")
            #expect(try await local.answers(2).map(\.body) == ["one unix", "one unix"])
            try await remote.get("/")
            #expect(try await remote.answers(1).map(\.body) == ["one 127.0.0.1"])
        }
        #expect(mode(address.path) == nil)
    }

    @Test("whoever connects to a path is believed when that is said")
    func trusted() async throws {
        let folder = try Folder()
        let address = folder.address()
        let server = try server([.unix(address)], trust: ProxyTrust(proxies: [], includesLocalSockets: true))
        try await running([server]) {
            let client = try RawClient(to: address, on: loop)
            try await client.send("GET / HTTP/1.1\nHost: a\nX-Forwarded-For: 192.0.2.1\n\n")
            #expect(try await client.answers(1).map(\.body) == ["one 192.0.2.1"])
        }
    }

    @Test("a file that a server has left behind is replaced; one that listens is refused and not touched")
    func abandoned() async throws {
        let folder = try Folder()
        let address = folder.address()
        do {
            // As after kill -9: bound, closed, and the file still there.
            let left = try Socket.unix()
            let code = try address.withNative { native, length throws(HTTPServerError) in
                bind(left.descriptor, native, length)
            }
            try #require(code == 0)
        }
        let server = try server([.unix(address)])
        try await running([server]) {
            #expect(throws: HTTPServerError.socketInUse(address)) { try self.server([.unix(address)]) }
            let client = try RawClient(to: address, on: loop)
            try await client.get("/")
            #expect(try await client.answers(1).map(\.body) == ["one unix"])
        }
    }

    @Test("what is no socket is left alone, and so is a folder that somebody else is starting in")
    func inTheWay() async throws {
        let folder = try Folder()
        let address = folder.address()
        close(open(address.path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: HTTPServerError.pathTaken(address)) { try server([.unix(address)]) }
        #expect(mode(address.path) == 0o600)
        unlink(address.path)
        let lock = open(folder.path, O_RDONLY | O_DIRECTORY)
        try #require(flock(lock, LOCK_EX) == 0)
        #expect(throws: HTTPServerError.socketInUse(address)) { try server([.unix(address)]) }
        close(lock)
        #expect(throws: HTTPServerError.system(call: "open", code: ENOENT)) {
            try server([.unix(UnixAddress(path: folder.path + "/none/http.sock"))])
        }
        for path in ["http.sock", "/" + String(repeating: "a", count: 107), "/tmp/a\0b"] {
            #expect(throws: HTTPServerError.malformedAddress(path)) { try server([.unix(UnixAddress(path: path))]) }
        }
        await loop.shutDown()
    }

    @Test("a file that somebody has put in the place of the server's own is not removed")
    func replaced() async throws {
        let folder = try Folder()
        let address = folder.address()
        let server = try server([.unix(address)])
        unlink(address.path)
        close(open(address.path, O_CREAT | O_WRONLY, 0o644))
        try await running([server]) {}
        #expect(mode(address.path) == 0o644)
    }

    @Test("connections to a path are dealt out in turn among the servers of several loops, and drained on each")
    func dealtOut() async throws {
        let folder = try Folder()
        let address = folder.address()
        let other = try EventLoop.start(name: "http test 2")
        let servers = [try server([.unix(address)]), try server([], on: other, says: "two")]
        await servers[0].shareLocalConnections(with: [servers[1]])
        try await running(servers) {
            var words: [String] = []
            var clients: [RawClient] = []
            for _ in 0..<6 {
                let client = try RawClient(to: address, on: loop)
                try await client.get("/")
                words += try await client.answers(1).map(\.body)
                clients.append(client)
            }
            #expect(words == ["one unix", "two unix", "one unix", "two unix", "one unix", "two unix"])
            #expect(await servers[0].connectionCount == 3)
            #expect(await servers[1].connectionCount == 3)
            for server in servers { server.drain() }
            for client in clients { #expect(try await client.answersUntilClose() == []) }
        }
        await other.shutDown()
    }
}
