import EventLoop
import HTTPServer
import HTTPTypes
import Logging
import Postgres
import Testing
import WarehouseAPI

@testable import CloudWarehouse
@testable import yuncang

@Suite("Diagnoses")
struct DiagnosisTests {
    @Test(
        "what no test server can be is judged from the facts",
        arguments: [
            (Finding.clock(aheadMilliseconds: 2_500, roundTripMilliseconds: 3), "warning", "2500 ms ahead"),
            (.clock(aheadMilliseconds: -2_500, roundTripMilliseconds: 3), "warning", "2500 ms behind"),
            (.clock(aheadMilliseconds: -2_500, roundTripMilliseconds: 600), "ok", "2500 ms behind"),
            (.transport(.plain), "warning", "others on the way can read"),
            (.transport(.tls("TLSv1.3")), "ok", "TLSv1.3"),
            (.version(140_010, oldest: 150_000), "problem", "PostgreSQL 14.10"),
            (.vacuum(prepared: 0, oldestSeconds: 3_601), "warning", "3601 s old"),
            (.durability(fsync: "off", synchronousCommit: "on", fullPageWrites: "on"), "problem", "fsync off"),
            (
                .durability(fsync: "on", synchronousCommit: "on", fullPageWrites: "off"), "problem",
                "full_page_writes off"
            ),
            (
                .service(ServiceRights(isSuperuser: false, canLogIn: false, ownedRelations: 0, mayCreate: false)),
                "problem",
                "yuncang_service cannot log in"
            ),
        ])
    func facts(finding: Finding, verdict: String, found: String) {
        let diagnosis = finding.diagnosis
        #expect(diagnosis.verdict.rawValue == verdict)
        #expect(diagnosis.found.en.contains(found), "\(diagnosis.found.en)")
        #expect((diagnosis.remedy == nil) == (verdict == "ok"))
    }

    @Test("a server that is too old is named as the reason why there is no connection")
    func oldServer() async throws {
        try await PrivateInstallation.with { installation in
            let loop = try EventLoop.start(name: "test")
            var limits = ConnectionLimits()
            limits.oldestServer = 990_000
            let location = DatabaseLocation(
                connectionString: installation.url("yuncang_service"), source: .environment(.databaseURL))
            let diagnoses = await DatabaseDiagnosis(
                service: location, owner: nil, connections: 1, loop: loop, limits: limits
            ).run()
            await loop.shutDown()
            #expect(diagnoses.first?.found.en.hasPrefix("the PostgreSQL server is too old: ") == true)
            #expect(diagnoses.first?.remedy?.en.contains("pg_upgrade") == true)
        }
    }

    @Test("few open files are a warning that says how many are wanted")
    func openFiles() {
        #expect(OpenFilesCheck(limit: 1_024, wanted: 1_024).diagnosis.verdict == .ok)
        let few = OpenFilesCheck(limit: 1_023, wanted: 1_024).diagnosis
        #expect(few.verdict == .warning && few.remedy?.en.contains("ulimit -n 1024") == true)
        #expect(OpenFilesCheck.ofThisProcess(connections: 8).limit > 0)
    }

    @Test("a port is free, a yuncang's that serves, a yuncang's that does not, or somebody else's")
    func listener() async throws {
        let readiness = Readiness()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let api = WarehouseAPI(readiness: readiness, logger: logger)
        try await withListener(api.answer(_:)) { check in
            let notReady = await check.run()
            #expect(notReady.verdict == .problem && notReady.remedy?.en == "The service is starting.")
            readiness.report(.ready(warning: nil))
            let ready = await check.run()
            #expect(ready.verdict == .ok && ready.found.en.hasSuffix(": ready"))
        }
        for body in ["", "ready", #"{"status":"ready"}"#] {
            try await withListener { _ in
                Response(status: .ok, body: Array(body.utf8))
            } _: { check in
                let taken = await check.run()
                #expect(taken.verdict == .problem && taken.found.en.contains("is taken"))
                #expect(taken.remedy?.en.contains("ss -ltnp") == true)
            }
        }
        let loop = try EventLoop.start(name: "test")
        let free = await ListenerCheck(address: .loopback(port: 0), loop: loop).run()
        let foreign = await ListenerCheck(address: SocketAddress(host: "192.0.2.1", port: 80), loop: loop).run()
        await loop.shutDown()
        #expect(free.verdict == .ok)
        #expect(foreign.verdict == .problem && foreign.remedy != nil)
    }

    private func withListener(
        _ handler: @escaping HTTPServer.Handler, _ body: (ListenerCheck) async throws -> Void
    ) async throws {
        let loop = try EventLoop.start(name: "test")
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = try HTTPServer(at: .loopback(port: 0), on: loop, logger: logger, handler: handler)
        async let running: Void = server.run()
        try await body(ListenerCheck(address: server.address, loop: loop))
        server.drain()
        try await running
        await loop.shutDown()
    }
}
