import EventLoop
import Glibc
import PostgresTesting
import Testing

@testable import Postgres

private func failure(connecting text: String, limits: ConnectionLimits = ConnectionLimits()) async throws
    -> ConnectFailure?
{
    try await withLoop { loop in
        do {
            let connection = try await Connection.connect(ConnectionOptions(text), limits: limits, on: loop)
            await connection.close()
            return nil
        } catch let error as ConnectFailure {
            return error
        } catch PostgresError.connect(let failure) {
            return failure
        }
    }
}

private func impatient(_ milliseconds: Int) -> ConnectionLimits {
    var limits = ConnectionLimits()
    limits.connectDeadline = .milliseconds(milliseconds)
    return limits
}

@Suite struct ConnectingTests {
    @Test("URL, key=value words and an empty text are read; a password is never shown")
    func forms() throws {
        let url = try ConnectionOptions("postgresql://me:secret@db.example:5433/shop?sslmode=require")
        #expect(url.effectiveValue(of: "host") == "db.example")
        #expect(url.effectiveValue(of: "port") == "5433")
        #expect(url.effectiveValue(of: "sslmode") == "require")
        #expect(!"\(url)".contains("secret"))
        let words = try ConnectionOptions("host=/run/pg user='a b' password=secret")
        #expect(words.effectiveValue(of: "user") == "a b")
        #expect("\(words)" == "host=/run/pg password=*** user=a b")
        #expect(try ConnectionOptions("").effectiveValue(of: "port") == "5432")
    }

    @Test("the environment fills in what the text leaves out")
    func environment() throws {
        setenv("PGAPPNAME", "from the environment", 1)
        defer { unsetenv("PGAPPNAME") }
        #expect(try ConnectionOptions("host=x").effectiveValue(of: "application_name") == "from the environment")
        #expect(try ConnectionOptions("application_name=given").effectiveValue(of: "application_name") == "given")
    }

    @Test(
        "a text that libpq cannot read is refused without repeating a password",
        arguments: [
            "postgresql://me:secret@[::1/db", "host", "nonsense=1", "password=secret host",
        ])
    func unreadable(text: String) throws {
        do {
            _ = try ConnectionOptions(text)
            Issue.record("\(text) was accepted")
        } catch {
            #expect(error.kind == .badOptions)
            #expect(!error.message.contains("secret"))
        }
    }

    @Test("settings of the session hold from its first statement, whatever characters they have")
    func sessionSettings() async throws {
        let options = try TestServer.superuser.session("search_path", "\"a b\", public")
            .session("test.note", #"back\slash 'quote"#).session("statement_timeout", "1234")
        try await withConnection(to: options) { connection in
            let path: String = try await connection.value("SHOW search_path")
            let name: String = try await connection.value("SHOW test.note")
            let timeout: String = try await connection.value("SHOW statement_timeout")
            #expect([path, name, timeout] == ["\"a b\", public", #"back\slash 'quote"#, "1234ms"])
        }
    }

    @Test("several hosts: one attempt per host, with its own port; prefer-standby makes two rounds")
    func hostAttempts() throws {
        func attempts(_ text: String) throws -> [String] {
            try HostAttempts.list(ConnectionOptions(text)).map { options in
                ["host", "port", "target_session_attrs"].map { options.effectiveValue(of: $0) ?? "-" }.joined(
                    separator: " ")
            }
        }
        #expect(
            try attempts("host=a,b port=1,2 target_session_attrs=read-write") == ["a 1 read-write", "b 2 read-write"])
        #expect(try attempts("host=a,b port=7 target_session_attrs=any") == ["a 7 any", "b 7 any"])
        #expect(
            try attempts("host=a,b port=1,2 target_session_attrs=prefer-standby")
                == ["a 1 standby", "b 2 standby", "a 1 any", "b 2 any"])
        #expect(throws: ConnectFailure.self) { try attempts("host=a,b,c port=1,2") }
        #expect(throws: ConnectFailure.self) { try attempts("host=a,b hostaddr=127.0.0.1") }
    }

    @Test(
        "names are resolved away from the loop; addresses and socket folders need no resolving",
        arguments: [
            ("localhost", true), ("127.0.0.1", false), ("::1", false), ("/run/postgresql", false), ("@abstract", false),
            ("", false),
        ])
    func resolving(host: String, needed: Bool) {
        #expect(HostResolution.needsResolving(host) == needed)
    }

    @Test("localhost is found by name")
    func localhost() async throws {
        let port = try TestServer.superuser.effectiveValue(of: "port") ?? "5432"
        try await withConnection(to: TestServer.superuser.setting("host", to: "localhost").setting("port", to: port)) {
            connection in
            let one: Int32 = try await connection.value("SELECT 1")
            #expect(one == 1)
        }
    }

    @Test("nobody listening, and a host that does not exist, are failures that may heal")
    func unreachable() async throws {
        let nobody = try await failure(connecting: "host=127.0.0.1 port=1 user=x")
        #expect(nobody?.kind == .unreachable)
        #expect(nobody?.canHeal == true)
        let unknown = try await failure(connecting: "host=no-such-host.invalid user=x")
        #expect(unknown?.kind == .unknownHost || unknown?.kind == .deadlineExceeded)
        #expect(unknown?.canHeal == true)
    }

    @Test(
        "the server's code is found in libpq's words, in whatever language",
        arguments: [
            (
                #"connection to server at "127.0.0.1", port 5432 failed: FATAL:  28P01: password authentication failed"#,
                "28P01"
            ),
            ("FATAL:  53300: sorry, too many clients already\nLOCATION:  InitProcess, proc.c:359", "53300"),
            ("致命错误:  57P03: 数据库系统正在启动", "57P03"), ("could not connect: Connection refused", nil),
            ("ERROR: WORDS: no", nil),
        ])
    func codes(text: String, code: String?) {
        #expect(Connection.sqlState(in: text)?.rawValue == code)
    }

    @Test("a server that is too old is named as such")
    func wrongVersion() async throws {
        var limits = ConnectionLimits()
        limits.oldestServer = 990_000
        let url = String(cString: getenv("YUNCANG_TEST_SUPERUSER_URL"))
        let refused = try await failure(connecting: url, limits: limits)
        #expect(refused?.kind == .wrongVersion)
        #expect(refused?.message.contains("99 or later") == true)
        #expect(refused?.canHeal == false)
    }

    @Test("password, role and database: each refusal has its code, and none heals by waiting")
    func refusals() async throws {
        try await PrivateCluster.with { cluster in
            try await withConnection(to: ConnectionOptions(cluster.url)) { connection in
                try await connection.execute(sql: "CREATE ROLE guest LOGIN PASSWORD 'right'")
            }
            try await cluster.authenticate([
                "host all postgres 127.0.0.1/32 trust", "host all all 127.0.0.1/32 scram-sha-256",
            ])
            let base = "host=127.0.0.1 port=\(cluster.port)"
            let cases = [
                ("\(base) dbname=postgres user=guest password=wrong", "28P01"),
                ("\(base) dbname=postgres user=nobody password=wrong", "28P01"),
                ("\(base) dbname=missing user=postgres", "3D000"),
                ("host=\(cluster.folder) port=\(cluster.port) user=guest dbname=postgres", "28000"),
            ]
            for (text, code) in cases {
                let refused = try await failure(connecting: text)
                #expect(refused?.sqlState?.rawValue == code, "\(text)")
                #expect(refused?.canHeal == false)
                #expect(refused?.message.contains("wrong") != true)
            }
            #expect(try await failure(connecting: "\(base) dbname=postgres user=guest password=right") == nil)
        }
    }

    @Test("too many connections: 53300, which heals; the pool's refusal says so")
    func tooManyConnections() async throws {
        try await PrivateCluster.with(settings: [
            "max_connections = 4", "superuser_reserved_connections = 0", "max_wal_senders = 0",
        ]) {
            cluster in
            let options = try ConnectionOptions(cluster.url)
            var limits = PoolLimits()
            limits.connections = 4
            try await withPool(to: options, limits: limits) { pool in
                try await withFour(pool) {
                    let refused = try await failure(connecting: cluster.url)
                    #expect(refused?.sqlState == .tooManyConnections)
                    #expect(refused?.canHeal == true)
                    try await withPool(to: options) { other in
                        do {
                            try await other.withConnection(deadline: .now().advanced(by: .seconds(2))) { _ in }
                            Issue.record("a fifth connection was made")
                        } catch PostgresError.pool(.deadlineExceeded(let last)) {
                            #expect(last?.sqlState == .tooManyConnections)
                        }
                    }
                }
                #expect(await pool.status.connected == 4)
            }
        }
    }

    private func withFour(_ pool: Pool, _ body: () async throws -> Void) async throws {
        try await pool.withConnection { _ in
            try await pool.withConnection { _ in
                try await pool.withConnection { _ in
                    try await pool.withConnection { _ in try await body() }
                }
            }
        }
    }

    @Test("a first host that is frozen, dead or read-only does not keep the second from being reached")
    func failover() async throws {
        try await PrivateCluster.with(settings: ["default_transaction_read_only = on"]) { readOnly in
            try await PrivateCluster.with { primary in
                let hosts =
                    "host=127.0.0.1,127.0.0.1,127.0.0.1 port=1,\(readOnly.port),\(primary.port) user=postgres dbname=postgres"
                let options = try ConnectionOptions("\(hosts) target_session_attrs=read-write")
                try await withConnection(to: options, limits: impatient(1_000)) { connection in
                    let port: String = try await connection.value("SHOW port")
                    #expect(port == "\(primary.port)")
                }
                try readOnly.signalPostmaster(SIGSTOP)
                try await withConnection(to: options, limits: impatient(1_000)) { connection in
                    let port: String = try await connection.value("SHOW port")
                    #expect(port == "\(primary.port)")
                }
                let frozen = try await failure(connecting: readOnly.url, limits: impatient(200))
                #expect(frozen?.kind == .deadlineExceeded)
                try readOnly.signalPostmaster(SIGCONT)
            }
        }
    }

    private func makeCertificate(in data: String) async throws {
        try await PrivateCluster.execute([
            "openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-out", "\(data)/server.crt", "-keyout", "\(data)/server.key",
        ])
        try await PrivateCluster.execute(["chmod", "600", "\(data)/server.key"])
        if getuid() == 0 {
            try await PrivateCluster.execute(["chown", "postgres:", "\(data)/server.crt", "\(data)/server.key"])
        }
    }

    @Test("TLS is libpq's: required, verified by name, and refused by a server without it")
    func tls() async throws {
        let plain = try TestServer.superuser.setting("host", to: "127.0.0.1").setting("sslmode", to: "require")
        await #expect(throws: PostgresError.self) { try await withConnection(to: plain) { _ in } }
        try await PrivateCluster.with(
            settings: ["ssl = on"], prepare: makeCertificate(in:)
        ) { cluster in
            let verified =
                "host=localhost port=\(cluster.port) user=postgres dbname=postgres sslmode=verify-full"
                + " sslrootcert=\(cluster.data)/server.crt"
            try await withConnection(to: ConnectionOptions(verified)) { connection in
                let encrypted: Bool = try await connection.value(
                    "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                #expect(encrypted)
            }
            let wrongName = verified.replacing("host=localhost", with: "host=127.0.0.1")
            #expect(try await failure(connecting: wrongName) != nil)
        }
    }
}
