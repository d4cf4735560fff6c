import CloudWarehouse
import EventLoop
import FoundationEssentials
import Glibc
import HTTPServer
import JSON
import Logging
import Postgres
import Testing

@testable import yuncang

extension Trait where Self == ConditionTrait {
    /// Runs only when a PostgreSQL was given.
    static var onDatabase: Self {
        .enabled(
            if: GivenBase.ownerURL != nil && GivenBase.serviceURL != nil,
            "YUNCANG_TEST_OWNER_URL and YUNCANG_TEST_SERVICE_URL are not set")
    }
}

/// A base that the commands themselves have made, for one test.
struct GivenBase: Sendable {
    let key: String
    /// A folder of the test's own.
    let folder: String

    static let ownerURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_OWNER_URL"]
    static let serviceURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_SERVICE_URL"]

    /// Once for all tests: `migrate` is about every base that there is.
    private static let migrated = Task { await call(["migrate"], base: nil) }

    private static func call(_ arguments: [String], base: String?, token: String? = nil) async -> Call {
        var environment = [
            "YUNCANG_OWNER_URL": ownerURL ?? "", "YUNCANG_DATABASE_URL": serviceURL ?? "", "USER": "tester",
        ]
        environment["YUNCANG_BASE"] = base
        environment["YUNCANG_TOKEN"] = token
        return await Call.make(arguments, of: Yuncang.self, environment: environment)
    }

    /// Makes a base for `body` and drops it afterwards.
    static func with(_ body: (GivenBase) async throws -> Void) async throws {
        let migration = await migrated.value
        try #require(migration.status == .success, "\(migration.error)")
        let key = "t" + UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(20)
        let folder = "/tmp/yuncang-commands-\(key)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let created = await call(["base", "create", key, "--name", "测试"], base: nil)
        try #require(created.status == .success, "\(created.error)")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(GivenBase(key: key, folder: folder))) } catch {
            outcome = .failure(error)
        }
        try await drop(key)
        try FileManager.default.removeItem(atPath: folder)
        try outcome.get()
    }

    private static func drop(_ key: String) async throws {
        try await asOwner("DELETE FROM yuncang.base WHERE key = '\(key)'")
        try await asOwner("DROP SCHEMA base_\(key) CASCADE")
    }

    private static func asOwner(_ sql: String) async throws {
        let loop = try EventLoop.start(name: "test")
        let outcome: Result<Void, any Error>
        do {
            let owner = try await Connection.connect(ConnectionOptions(ownerURL ?? ""), on: loop)
            try await owner.execute(sql: sql)
            await owner.close()
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await loop.shutDown()
        try outcome.get()
    }

    /// Does what only the owner of the schema can.
    func asOwner(_ sql: String) async throws {
        try await Self.asOwner(sql)
    }

    /// Calls a command on the base.
    @discardableResult
    func call(_ arguments: [String], token: String? = nil) async -> Call {
        await Self.call(arguments, base: key, token: token)
    }

    /// Calls a command on the base.
    @discardableResult
    func call(_ arguments: String...) async -> Call {
        await call(arguments)
    }

    /// Calls a command that has to succeed, and gives what it printed.
    @discardableResult
    func succeed(_ arguments: String..., at location: SourceLocation = #_sourceLocation) async -> String {
        let call = await Self.call(arguments, base: key)
        #expect(call.status == .success, "\(arguments): \(call.error)", sourceLocation: location)
        return call.output
    }

    /// Writes a file into the test's folder and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// Issues a token by the command, and gives its text.
    func token(_ role: String, _ more: String...) async throws -> String {
        let arguments = ["token", "create", "--role", role, "--name", "test", "--json"] + more
        let issued = try JSONType<JSONValue>.any.read(Array(await call(arguments).output.utf8))
        guard case .string(let text)? = issued["token"] else { throw NoToken() }
        return text
    }

    /// `token create` printed none.
    struct NoToken: Error {}

    /// One warehouse with one location, and one owner: `main`, `A-01`, `coop`.
    func furnish() async {
        await succeed("warehouse", "add", "main", "--name", "主仓")
        await succeed("location", "add", "A-01", "--warehouse", "main", "--storage", "chilled")
        await succeed("owner", "add", "coop", "--name", "金田园合作社")
    }

    /// Serves the base on a port of its own for `body`, which gets the URL.
    func served(_ body: (String) async throws -> Void) async throws {
        let settings = ServiceSettings(
            address: .loopback(port: 0), base: key, loops: 1, connections: 4,
            database: try ConnectionOptions(Self.serviceURL ?? ""))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let service = try await Service.listening(settings, logger: logger)
        let (opened, telling) = AsyncStream.makeStream(of: Void.self)
        let running = Task {
            try await service.run(
                until: { try? await $0.sleep(until: .distantFuture) }, opened: { _ in telling.yield() })
            telling.finish()
        }
        var openings = opened.makeAsyncIterator()
        let isOpen: Void? = await openings.next()
        try #require(isOpen != nil, "the service ended before it served")
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body("http://\(service.address)"))
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        try await running.value
        try outcome.get()
    }
}
