import EventLoop
import FoundationEssentials
import Postgres
import Testing
import WarehouseTesting

@testable import yuncang

extension Trait where Self == ConditionTrait {
    /// Runs only when a PostgreSQL was given.
    static var onDatabase: Self {
        .enabled(
            if: TestDatabase.isGiven && TestInstallation.superuserURL != nil, Comment(rawValue: TestDatabase.absent))
    }
}

/// A database of one test's own, installed and with one base, for commands that work in it.
struct TestInstallation: Sendable {
    static let superuserURL = ProcessInfo.processInfo.environment["YUNCANG_TEST_SUPERUSER_URL"]
    static let base = "gaoqing"

    /// Where the commands find it.
    let environment: [String: String]

    /// Makes the database for `body` and drops it afterwards.
    static func with(_ body: (TestInstallation) async throws -> Void) async throws {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await execute(
            "CREATE DATABASE \(name) OWNER yuncang_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        let outcome: Result<Void, any Error>
        do {
            let installation = TestInstallation(environment: [
                "YUNCANG_OWNER_URL": url(TestDatabase.ownerURL, of: name),
                "YUNCANG_DATABASE_URL": url(TestDatabase.serviceURL, of: name), "USER": "laowang",
            ])
            for command in [["migrate"], ["base", "create", base, "--name", "高青"]] {
                let call = await installation.call(command)
                try #require(call.status == .success, "\(call.error)")
            }
            try await body(installation)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await execute("DROP DATABASE \(name) WITH (FORCE)")
        try outcome.get()
    }

    /// Calls a command there.
    func call(_ arguments: [String]) async -> Call {
        await Call.make(arguments, of: Yuncang.self, environment: environment)
    }

    /// Lends the base as commands have it.
    func withBase(_ body: (OpenBase) async throws -> Void) async throws {
        let location = DatabaseLocation(
            connectionString: environment["YUNCANG_DATABASE_URL"] ?? "", source: .environment(.databaseURL))
        try await DatabaseAccess.at(location) { try await $0.withBase(Self.base, body) }
    }

    /// The same server's other database.
    private static func url(_ url: String?, of database: String) -> String {
        let url = url ?? ""
        return url[...(url.lastIndex(of: "/") ?? url.startIndex)] + database
    }

    private static func execute(_ sql: String) async throws {
        let loop = try EventLoop.start(name: "test")
        let connection = try await Connection.connect(ConnectionOptions(superuserURL ?? ""), on: loop)
        let outcome: Result<Int, any Error>
        do { outcome = .success(try await connection.execute(sql: sql)) } catch { outcome = .failure(error) }
        await connection.close()
        await loop.shutDown()
        _ = try outcome.get()
    }
}
