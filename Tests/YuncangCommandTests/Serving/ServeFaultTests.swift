import CloudWarehouse
import Glibc
import PostgresTesting
import Testing

@testable import yuncang

/// What happens to `serve` while it serves.
@Suite("serve, while it serves", .serialized)
struct ServeFaultTests {
    private static let lockPool = "SELECT FROM base_gaoqing.pool FOR NO KEY UPDATE"

    @Test(
        "a database that stops and comes back: not ready and ready again, alive throughout",
        arguments: ["fast", "immediate"])
    func restart(mode: String) async throws {
        try await withMelons { installation, serve in
            try await serve.readiness(200)
            let exchange = HTTPExchange(port: try await serve.port(), token: try await installation.token())
            #expect(await exchange.placeOrder("before")?.status == 201)
            try await installation.cluster.stop(mode: mode)
            try await serve.readiness(503, "start PostgreSQL")
            #expect(await exchange.placeOrder("between")?.status == 503)
            try await installation.cluster.start()
            try await serve.readiness(200)
            #expect(await exchange.placeOrder("before")?.status == 201, "the answer that it had")
            #expect(await exchange.placeOrder("between")?.status == 201)
            #expect(try await installation.number("SELECT count(*) FROM base_gaoqing.customer_order") == 2)
            #expect(try await installation.differences().isEmpty)
        }
    }

    @Test("a server whose every process is stopped, and which therefore says nothing: not ready, and ready again")
    func stoppedServer() async throws {
        try await withMelons { installation, serve in
            try await serve.readiness(200)
            try installation.cluster.signalAll(SIGSTOP)
            // Whether it was asking or connecting, it got no answer.
            try await serve.readiness(503, "The database d")
            try installation.cluster.signalAll(SIGCONT)
            try await serve.readiness(200)
        }
    }

    @Test("partitions that are missing make it not ready; once they are made it is")
    func partitions() async throws {
        try await PrivateInstallation.withBase { installation in
            try await installation.sql(
                """
                DO $$ BEGIN
                    EXECUTE 'DROP TABLE base_gaoqing.outbox_' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY_MM');
                END $$
                """)
            try await ServeProcess.with(installation) { serve in
                try await serve.readiness(
                    503, "This month's partitions are missing: make them, as the schema's owner (yuncang maintain)")
            }
            #expect(await installation.yuncang("maintain").status == .success)
            try await ServeProcess.with(installation) { try await $0.readiness(200) }
        }
    }

    @Test("SIGTERM: no new connection, the order in flight is answered, everything ends with 0 and nothing is left")
    func drain() async throws {
        try await withMelons { installation, serve in
            let exchange = HTTPExchange(port: try await serve.port(), token: try await installation.token())
            try await serve.readiness(200)
            var inFlight: Task<(status: Int, body: String)?, Never>?
            try await installation.whileLocking(Self.lockPool) {
                inFlight = Task { await exchange.placeOrder("in flight") }
                try await waitForLock(installation)
                serve.signal(SIGTERM)
                #expect(
                    try await eventually { await exchange.ask("GET", "/readyz") == nil }, "it takes new connections")
                #expect(serve.isRunning, "it left its order alone")
            }
            #expect(await inFlight?.value?.status == 201)
            let end = try await serve.ended()
            #expect(end == .exited(0))
            let left = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'yuncang_service'"
            #expect(try await eventually { try await installation.number(left) == 0 })
            #expect(try await installation.differences().isEmpty)
        }
    }

    @Test("an order whose pool somebody keeps locked does not hold its own locks for long, and is tried again")
    func lockedPool() async throws {
        try await withMelons { installation, serve in
            let exchange = HTTPExchange(port: try await serve.port(), token: try await installation.token())
            try await serve.readiness(200)
            let start = """
                SELECT COALESCE(max(extract(epoch FROM xact_start) * 1000000), 0)::bigint
                FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'yuncang_service'
                """
            var waiting: Task<(status: Int, body: String)?, Never>?
            try await installation.whileLocking(Self.lockPool) {
                waiting = Task { await exchange.placeOrder("waiting") }
                try await waitForLock(installation)
                let first = try await installation.number(start)
                let again = try await eventually(within: .seconds(25)) {
                    try await installation.number(start) > first
                }
                #expect(again, "it waits in the same transaction")
            }
            #expect(await waiting?.value?.status == 201)
            #expect(try await installation.number("SELECT count(*) FROM base_gaoqing.customer_order") == 1)
        }
    }

    @Test("a second SIGTERM ends it at once")
    func impatience() async throws {
        try await withMelons { installation, serve in
            let exchange = HTTPExchange(port: try await serve.port(), token: try await installation.token())
            try await serve.readiness(200)
            try await installation.whileLocking(Self.lockPool) {
                let inFlight = Task { await exchange.placeOrder("in flight") }
                try await waitForLock(installation)
                serve.signal(SIGTERM)
                #expect(try await eventually { await exchange.ask("GET", "/readyz") == nil })
                serve.signal(SIGTERM)
                let end = try await serve.ended()
                #expect(end == .killed(SIGTERM))
                #expect(await inFlight.value == nil)
            }
        }
    }

    @Test("SIGTERM ends it also while it waits for the database")
    func drainBeforeOpen() async throws {
        try await PrivateInstallation.with { installation in
            try await ServeProcess.with(installation) { serve in
                try await serve.readiness(503, "yuncang migrate")
                serve.signal(SIGTERM)
                let end = try await serve.ended()
                #expect(end == .exited(0))
            }
        }
    }

    @Test("kill -9 among orders: every answered one is there, every one sent again has one effect")
    func killed() async throws {
        try await withMelons { installation, serve in
            let exchange = HTTPExchange(port: try await serve.port(), token: try await installation.token())
            try await serve.readiness(200)
            let references = (0..<8).map { client in (0..<40).map { "\(client)-\($0)" } }
            let answered = try await withThrowingTaskGroup(of: [String].self) { group in
                for own in references {
                    group.addTask {
                        var answered: [String] = []
                        for reference in own where await exchange.placeOrder(reference)?.status == 201 {
                            answered.append(reference)
                            if answered.count == 20 { serve.signal(SIGKILL) }
                        }
                        return answered
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(answered.count >= 20 && answered.count < 320)
            let list = answered.map { "'\($0)'" }.joined(separator: ", ")
            #expect(
                try await installation.number(
                    "SELECT count(*) FROM base_gaoqing.customer_order WHERE reference IN (\(list))") == answered.count)
            try await ServeProcess.with(installation) { again in
                try await again.readiness(200)
                let exchange = HTTPExchange(port: try await again.port(), token: try await installation.token())
                for reference in references.joined() { #expect(await exchange.placeOrder(reference)?.status == 201) }
            }
            #expect(try await installation.number("SELECT count(*) FROM base_gaoqing.customer_order") == 320)
            #expect(try await installation.number("SELECT sum(committed)::bigint FROM base_gaoqing.pool") == 320)
            #expect(try await installation.differences().isEmpty)
        }
    }

    @Test("a full disk: orders are answered 503, reads go on, and orders too once there is room", .onSmallDisk)
    func fullDisk() async throws {
        try await SmallDisk.with(megabytes: 40) { folder in
            try await PrivateInstallation.with { installation in
                try await installation.sql("DROP DATABASE yuncang", in: "postgres")
                try await installation.sql("CREATE TABLESPACE small LOCATION '\(folder)'", in: "postgres")
                try await installation.sql(
                    "CREATE DATABASE yuncang OWNER yuncang_owner TABLESPACE small", in: "postgres")
                try await installation.install()
                try await installation.stockMelons(10_000)
                try await ServeProcess.with(installation) { serve in
                    let exchange = HTTPExchange(port: try await serve.port(), token: try await installation.token())
                    try await serve.readiness(200)
                    try await installation.sql("CREATE TABLE filler (text text)")
                    // A large insert gives up while there is room for a small one.
                    for rows in [100_000, 1_000, 100, 10] {
                        await #expect(throws: (any Error).self) {
                            for _ in 0..<100 {
                                try await installation.sql(
                                    "INSERT INTO filler SELECT repeat('x', 1500) FROM generate_series(1, \(rows))")
                            }
                        }
                    }
                    var refused: String?
                    for number in 0..<2_000 where refused == nil {
                        let answer = await exchange.placeOrder("\(number)")
                        if answer?.status != 201 {
                            #expect(answer?.status == 503 && answer?.body.contains("unavailable") == true)
                            refused = "\(number)"
                        }
                    }
                    let reference = try #require(refused, "the disk was never full")
                    #expect(await exchange.ask("GET", "/v1/stock/melon")?.status == 200)
                    try await serve.readiness(200)
                    #expect(serve.log.contains("53100"))
                    try await installation.sql("DROP TABLE filler")
                    let healed = try await eventually { await exchange.placeOrder(reference)?.status == 201 }
                    #expect(healed)
                    #expect(
                        try await installation.number("SELECT count(*) FROM base_gaoqing.customer_order")
                            == Int64(reference)! + 1)
                    #expect(try await installation.differences().isEmpty)
                }
            }
        }
    }

    private func withMelons(_ body: (PrivateInstallation, ServeProcess) async throws -> Void) async throws {
        try await PrivateInstallation.withBase { installation in
            try await installation.stockMelons(1_000)
            try await ServeProcess.with(installation) { try await body(installation, $0) }
        }
    }

    private func waitForLock(_ installation: PrivateInstallation) async throws {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        #expect(try await eventually { try await installation.number(waiting) > 0 }, "the order does not wait")
    }
}
