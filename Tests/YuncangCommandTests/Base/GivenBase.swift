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

/// A base that the commands themselves have made, for one test, and a folder.
struct GivenBase: Sendable {
    let installation: TestInstallation
    /// A folder of the test's own.
    let folder: String

    /// Makes a base for `body` and drops it afterwards.
    static func with(_ body: (GivenBase) async throws -> Void) async throws {
        try await TestInstallation.with { installation in
            let folder = "/tmp/yuncang-commands-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(GivenBase(installation: installation, folder: folder)))
            } catch {
                outcome = .failure(error)
            }
            try FileManager.default.removeItem(atPath: folder)
            try outcome.get()
        }
    }

    /// Runs a statement as the owner of the base's schema.
    func asOwner(_ sql: String) async throws {
        let location = DatabaseLocation(
            connectionString: installation.environment["YUNCANG_OWNER_URL"] ?? "", source: .environment(.ownerURL))
        _ = try await DatabaseAccess.at(location) { try await $0.withConnection { try await $0.execute(sql: sql) } }
    }

    /// Calls a command on the base.
    @discardableResult
    func call(_ arguments: [String], token: String? = nil) async -> Call {
        var environment = installation.environment
        environment["YUNCANG_TOKEN"] = token
        return await Call.make(arguments, of: Yuncang.self, environment: environment)
    }

    /// Calls a command on the base.
    @discardableResult
    func call(_ arguments: String...) async -> Call {
        await call(arguments)
    }

    /// Calls a command that has to succeed, and gives what it printed.
    @discardableResult
    func succeed(_ arguments: String..., at location: SourceLocation = #_sourceLocation) async -> String {
        let call = await call(arguments)
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
            endpoints: [.internet(.loopback(port: 0))], base: TestInstallation.base, loops: 1, connections: 4,
            database: try ConnectionOptions(installation.environment["YUNCANG_DATABASE_URL"] ?? ""))
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
            outcome = .success(try await body(service.endpoints[0].url))
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        try await running.value
        try outcome.get()
    }
}
