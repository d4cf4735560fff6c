import EventLoop
import Glibc
import HTTPServer
import Logging
import Postgres
import PostgresTesting
import Testing

@testable import yuncang

/// What `serve` does when something is not there yet, or not as it should be, when it starts.
@Suite("serve, at its start", .serialized)
struct ServeStartTests {
    @Test("it waits for the database, the roles' schema and the base, says each time what to do, and heals by itself")
    func waits() async throws {
        try await PrivateInstallation.with { installation in
            try await installation.sql("DROP DATABASE yuncang", in: "postgres")
            try await installation.cluster.stop()
            try await ServeProcess.with(installation) { serve in
                try await serve.readiness(503, "The database cannot be reached: start PostgreSQL")
                let other = try await serve.get("/v1/stock")
                #expect(other?.status == 503 && other?.body.contains("start PostgreSQL") == true)
                try await installation.cluster.start()
                try await serve.readiness(503, "There is no such database: create it as a superuser: CREATE DATABASE")
                try await installation.makeDatabase()
                try await serve.readiness(503, "(yuncang migrate)")
                #expect(await installation.yuncang("migrate").status == .success)
                try await serve.readiness(
                    503, "There is no base yet: create one, as the schema's owner (yuncang base create")
                #expect(!serve.output.contains(#""event":"ready""#))
                #expect(
                    await installation.yuncang("base", "create", "gaoqing", "--name", "高青基地").status == .success)
                try await serve.readiness(200)
                let token = try await installation.token()
                #expect(try await serve.get("/v1/stock", token: token)?.status == 200)
                let told = try await eventually { serve.output.contains(#""event":"ready""#) }
                #expect(told && serve.output.contains(#""base":"gaoqing""#))
                for words in ["the database cannot be reached", "there is no such database", "there is no base yet"] {
                    #expect(serve.log.components(of: words) == 1, "\(words) is told once, not at every attempt")
                }
                serve.signal(SIGTERM)
                #expect(try await serve.ended() == .exited(0))
            }
        }
    }

    @Test("it is not ready before it has read the stock, and can be ended then too")
    func unreadStock() async throws {
        try await PrivateInstallation.withBase { installation in
            try await installation.whileLocking("LOCK TABLE base_gaoqing.pool IN ACCESS EXCLUSIVE MODE") {
                try await ServeProcess.with(installation) { serve in
                    try await serve.readiness(503, "The stock is being read.")
                    #expect(!serve.output.contains("ready\""))
                    serve.signal(SIGTERM)
                    #expect(try await serve.ended() == .exited(0))
                }
            }
        }
    }

    @Test("a base that is named is waited for")
    func namedBase() async throws {
        try await PrivateInstallation.withBase { installation in
            try await ServeProcess.with(installation, "--base", "zibo") { serve in
                try await serve.readiness(503, "There is no base 'zibo'")
                #expect(
                    await installation.yuncang("base", "create", "zibo", "--name", "淄博基地").status == .success)
                try await serve.readiness(200)
                serve.signal(SIGINT)
                #expect(try await serve.ended() == .exited(0))
            }
        }
    }

    @Test("a wrong password, a role that is missing or a schema newer than the binary ends it with status and words")
    func ends() async throws {
        try await PrivateInstallation.withBase { installation in
            func end(_ status: yuncang.ExitStatus, _ words: String, url: String) async throws {
                try await ServeProcess.with(installation, changes: ["YUNCANG_DATABASE_URL": url]) { serve in
                    let end = try await serve.ended()
                    #expect(end == .exited(status.rawValue))
                    #expect(serve.log.contains(words), "\(serve.log)")
                    #expect(serve.log.contains(#""remedy":""#))
                    #expect(!serve.log.contains("falsch-4711"))
                    #expect(!serve.output.contains(#""event":"ready""#))
                }
            }
            try await end(.notPermitted, "does not admit this role", url: installation.url("nobody"))
            try await installation.sql(
                "INSERT INTO base_gaoqing.migration VALUES (99, 'm0099', decode(repeat('00', 32), 'hex'), now())")
            try await end(
                .configuration, "schema base_gaoqing is newer than this yuncang",
                url: installation.url("yuncang_service"))
            try await installation.cluster.authenticate(["host all all 127.0.0.1/32 scram-sha-256"])
            try await end(
                .notPermitted, "the role does not exist or its password is wrong",
                url: installation.url("yuncang_service", password: "falsch-4711"))
            try await end(
                .notPermitted, "the database asks for a password, and none was given",
                url: "postgresql://yuncang_service@127.0.0.1:\(installation.cluster.port)/yuncang")
        }
    }

    @Test("a server that is too old ends it")
    func oldServer() async throws {
        try await PrivateInstallation.withBase { installation in
            var settings = ServiceSettings(
                endpoints: [.internet(.loopback(port: 0))], base: nil, loops: 1, connections: 3,
                database: try ConnectionOptions(installation.url("yuncang_service")))
            settings.limits.oldestServer = 990_000
            let service = try await Service.listening(
                settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            await #expect {
                try await service.run { _ in
                    try? await Task.sleep(for: .seconds(60))
                } opened: { _ in
                    Issue.record("it serves")
                }
            } throws: {
                let failure = CommandFailure($0)
                return failure.status == .configuration && failure.what.en == "the PostgreSQL server is too old"
                    && failure.remedy?.en.contains("pg_upgrade") == true
            }
        }
    }

    @Test("a port that is taken ends it, whether it is to be shared by loops or not", arguments: ["1", "2"])
    func portTaken(loops: String) async throws {
        try await PrivateInstallation.withBase { installation in
            try await ServeProcess.with(installation) { first in
                let port = try await first.port()
                try await ServeProcess.with(installation, "--listen", "127.0.0.1:\(port)", "--loops", loops) { second in
                    let end = try await second.ended()
                    #expect(end == .exited(yuncang.ExitStatus.unavailable.rawValue))
                    #expect(second.log.contains("the port \(port) is taken") && second.log.contains("ss -ltnp"))
                }
                try await first.readiness(200)
            }
        }
    }

    @Test("a postmaster that is stopped and not dead is waited for")
    func stoppedPostmaster() async throws {
        try await PrivateInstallation.withBase { installation in
            try installation.cluster.signalPostmaster(SIGSTOP)
            try await ServeProcess.with(installation) { serve in
                try await serve.readiness(503, "The database does not answer")
                try installation.cluster.signalPostmaster(SIGCONT)
                try await serve.readiness(200)
            }
        }
    }
}

extension String {
    /// How often some words occur.
    fileprivate func components(of words: String) -> Int { ranges(of: words).count }
}
