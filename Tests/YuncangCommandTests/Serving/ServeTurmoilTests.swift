import CloudWarehouse
import EventLoop
import Glibc
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import yuncang

/// Many who place, pay, edit and call off at two servers at once, while everything that may die dies and comes back.
///
/// By hand alone: it takes both processors for a while, and others that are tested beside it have deadlines.
@Suite(
    "Orders in turmoil, under kill -9", .serialized,
    .enabled(if: Turmoil.isAskedFor, "YUNCANG_TEST_TURMOIL asks for it"),
    .timeLimit(.minutes(2 * Turmoil.scale)))
struct ServeTurmoilTests {
    /// What is done to those who serve.
    private enum Fault: String, CaseIterable {
        /// kill -9 of one process of PostgreSQL that works for a server: all others start anew.
        case backend
        /// kill -9 of PostgreSQL as a whole.
        case postgres
        /// kill -9 of a server.
        case server
        /// COMMIT takes effect, and nobody hears of it.
        case reply
        /// COMMIT does not arrive.
        case commit
    }

    /// How many batches of holds have ended.
    private static let expired = "SELECT count(*) FROM base_gaoqing.outbox WHERE kind = 'orders.expired'"

    private struct Scene {
        let installation: PrivateInstallation
        let proxy: LossyProxy
        let servers: [RestartedServer]
        let book: TurmoilBook

        /// Where the servers find the database: behind the proxy.
        var databaseURL: String {
            let url = installation.url("yuncang_service")
            return url.replacing(":\(installation.cluster.port)/", with: ":\(proxy.port)/") + "?sslmode=disable"
        }
    }

    @Test(
        "what was acknowledged is there, every reference has one effect, and whoever goes on asking is answered",
        arguments: Turmoil.seeds(from: 1, count: 1))
    func turmoil(seed: UInt64) async throws {
        try await PrivateInstallation.withBase(settings: ["max_connections = 60"]) { installation in
            let received = try await installation.withPool { pool in
                try await TurmoilShop.open(
                    Catalog(pool: pool), CloudWarehouse.Stock(pool: pool, timeZone: "Asia/Shanghai"),
                    by: Principal(name: "tester", origin: "here"))
            }
            let proxy = try LossyProxy(before: UInt16(installation.cluster.port))
            let scene = Scene(
                installation: installation, proxy: proxy, servers: [RestartedServer(), RestartedServer()],
                book: TurmoilBook(received: received))
            try await Self.play(scene, seed: seed)
            proxy.close()
            try await Self.check(scene)
        }
    }

    private static func play(_ scene: Scene, seed: UInt64) async throws {
        let token = try await scene.installation.token()
        let doors = scene.servers.map { ServeDoor(server: $0, token: token) }
        try await withThrowingTaskGroup(of: Void.self) { servers in
            for server in scene.servers {
                servers.addTask { try await server.run(scene.installation, databaseURL: scene.databaseURL) }
            }
            let outcome: Result<Void, any Error>
            do {
                async let faults: Void = strike(scene, rounds: 2 * Turmoil.scale, SplitMix(seed: seed))
                try await Turmoil.play(scene.book, at: doors, seed: seed) { _ in !scene.book.isOver }
                outcome = .success(try await faults)
            } catch {
                outcome = .failure(error)
            }
            for server in scene.servers { server.end() }
            try await servers.waitForAll()
            try outcome.get()
        }
    }

    /// Every fault so often, each once those before are got over.
    private static func strike(_ scene: Scene, rounds: Int, _ random: SplitMix) async throws {
        var random = random
        defer { scene.book.end() }
        for _ in 0..<rounds {
            for fault in Fault.allCases.shuffled(using: &random) {
                try await expectAnswers(scene, "before \(fault)")
                try await Task.sleep(for: .milliseconds(random.pick(0...150)))
                try await strike(scene, fault, at: scene.servers.randomElement(using: &random)!)
            }
        }
        try await expectAnswers(scene, "in the end")
        // The faults may be over before the first hold is.
        let isExpired = try await eventually(within: .seconds(30)) {
            try await scene.installation.number(Self.expired) > 0
        }
        #expect(isExpired, "no hold has ended")
    }

    /// Waits until both servers are there, and orders are placed.
    private static func expectAnswers(_ scene: Scene, _ when: String) async throws {
        let before = scene.book.contents.counts["placed", default: 0]
        let answered = try await eventually(within: .seconds(30)) {
            scene.servers.allSatisfy(\.listens) && scene.book.contents.counts["placed", default: 0] >= before + 5
        }
        try #require(answered, "nobody is answered \(when): \(scene.book.contents.complaints.prefix(5))")
    }

    private static func strike(_ scene: Scene, _ fault: Fault, at server: RestartedServer) async throws {
        switch fault {
        case .backend:
            let sql = """
                SELECT pid::bigint FROM pg_stat_activity WHERE usename = 'yuncang_service'
                ORDER BY state = 'idle', random() LIMIT 1
                """
            // It may not have got over the fault before.
            let isKilled = try await eventually {
                guard let process = try? await scene.installation.number(sql) else { return false }
                return kill(pid_t(process), SIGKILL) == 0
            }
            #expect(isKilled)
        case .postgres:
            try await scene.installation.cluster.kill()
            try await scene.installation.cluster.start()
        case .server: server.kill()
        case .reply, .commit:
            let lost = scene.proxy.lost + scene.proxy.lostBefore
            scene.proxy.loseNextCommit(before: fault == .commit)
            let isLost = try await eventually { scene.proxy.lost + scene.proxy.lostBefore > lost }
            #expect(isLost)
        }
    }

    private static func check(_ scene: Scene) async throws {
        let told = scene.book.contents
        for deed in ["placed", "paid", "cancelled", "claimed", "edited", "reduced", "unanswered"] {
            #expect(told.counts[deed, default: 0] > 0, "\(told.counts)")
        }
        #expect(scene.servers.map(\.starts).reduce(0, +) == 2 + 2 * Turmoil.scale)
        let records = try await scene.installation.withConnection(to: "yuncang", schema: "base_gaoqing") {
            try await TurmoilRecords.read(through: $0)
        }
        #expect(records.complaints(about: told, isFaulty: true).joined(separator: "\n") == "")
        let complaints = try await scene.installation.withPool { pool in
            try await CloudWarehouse.Stock(pool: pool, timeZone: "Asia/Shanghai").complaints(about: told)
        }
        #expect(complaints.joined(separator: "\n") == "")
        #expect(try await scene.installation.differences().isEmpty)
    }
}
