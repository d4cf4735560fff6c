import FoundationEssentials
import Glibc
import HTTPServer
import JSON
import PostgresTesting
import Testing

@testable import yuncang

/// What `serve` tells of its work: the access log, the metrics, and how often it lets itself be asked.
@Suite("serve, observed", .serialized)
struct ServeObservationTests {
    private static func lines(of path: String) -> [String] {
        let contents = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: contents, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("every exchange has its line, also when the file was moved away, and the last ones when it is stopped")
    func accessLog() async throws {
        try await PrivateInstallation.withBase { installation in
            let path = installation.cluster.folder + "/access.log"
            try await ServeProcess.with(installation, "--access-log", path) { serve in
                let token = try await installation.token()
                try await serve.readiness(200)
                #expect(try await serve.get("/v1/stock?after=geheim%20main%20o", token: token)?.status == 200)
                #expect(try await serve.get("/v1/nowhere", token: "falsch-4711")?.status == 401)
                let written = try await eventually { Self.lines(of: path).contains { $0.contains("nowhere") } }
                #expect(written)
                let first = Self.lines(of: path)
                #expect(rename(path, path + ".1") == 0)
                serve.signal(SIGHUP)
                let opened = try await eventually { FileManager.default.fileExists(atPath: path) }
                #expect(opened && serve.isRunning)
                #expect(try await serve.get("/livez")?.status == 200)
                serve.signal(SIGTERM)
                #expect(try await serve.ended() == .exited(0))
                let all = first + Self.lines(of: path)
                #expect(Self.lines(of: path).contains { $0.contains(#""path":"/livez""#) })
                for line in all { _ = try JSONType<JSONValue>.any.read(Array(line.utf8)) }
                let orders = try #require(all.first { $0.contains(#""route":"/v1/stock""#) })
                #expect(orders.contains(#""query":"after","#) && orders.contains(#""status":200"#))
                let wrong = try #require(all.first { $0.contains("nowhere") })
                #expect(wrong.contains(#""status":401"#) && !wrong.contains("route"))
                let text = all.joined()
                for secret in ["geheim", "falsch-4711", token] { #expect(!text.contains(secret)) }
            }
        }
    }

    @Test("standard output has the log unless told otherwise, and a file that cannot be made ends it with words")
    func standardOutput() async throws {
        try await PrivateInstallation.withBase { installation in
            try await ServeProcess.with(installation) { serve in
                try await serve.readiness(200)
                let told = try await eventually { serve.output.contains(#""path":"/readyz""#) }
                #expect(told)
            }
            try await ServeProcess.with(installation, "--access-log", "off") { serve in
                try await serve.readiness(200)
                serve.signal(SIGTERM)
                #expect(try await serve.ended() == .exited(0))
                #expect(!serve.output.contains("readyz"))
            }
            try await ServeProcess.with(installation, "--access-log", "/nowhere/at/all") { serve in
                let end = try await serve.ended()
                #expect(end == .exited(yuncang.ExitStatus.configuration.rawValue))
                #expect(serve.log.contains("/nowhere/at/all"))
            }
        }
    }

    @Test("metrics tell of requests by route, in the format that Prometheus reads, and only on this machine")
    func metrics() async throws {
        try await PrivateInstallation.withBase { installation in
            let path = installation.cluster.folder + "/metrics.log"
            try await ServeProcess.with(
                installation, "--access-log", path, "--metrics-listen", "127.0.0.1:0", "--loops", "2"
            ) { serve in
                let token = try await installation.token()
                try await serve.readiness(200)
                for name in ["a", "b", "c"] {
                    #expect(try await serve.get("/v1/stock/\(name)", token: token)?.status == 404)
                    #expect(try await serve.get("/made/up/\(name)", token: token)?.status == 404)
                }
                let event = try #require(serve.output.split(separator: "\n").first { $0.contains("metrics") })
                let port = try #require(
                    event.firstRange(of: #""metrics":"http://127.0.0.1:"#).flatMap {
                        UInt16(event[$0.upperBound...].prefix { $0.isNumber })
                    })
                let exchange = HTTPExchange(port: port)
                #expect(await exchange.ask("GET", "/")?.status == 404)
                #expect(await exchange.ask("POST", "/metrics")?.status == 405)
                let answer = try #require(await exchange.ask("GET", "/metrics"))
                #expect(answer.status == 200)
                Self.check(answer.body)
                for line in [
                    #"yuncang_http_requests_total{route="/v1/stock/{sku}",method="GET",status="4xx"} 3"#,
                    #"yuncang_http_requests_total{route="none",method="GET",status="4xx"} 3"#,
                    #"yuncang_http_request_seconds_count{route="/v1/stock/{sku}",method="GET"} 3"#,
                    #"yuncang_rate_limited_total{kind="key"} 0"#, "yuncang_board_read 1",
                    "yuncang_board_stale_seconds 0",
                    "yuncang_outbox_unnumbered_events 0", "yuncang_intake_queued_orders 0",
                    "yuncang_access_log_dropped_lines_total 0",
                ] {
                    #expect(answer.body.split(separator: "\n").contains(Substring(line)), "\(line)")
                }
                #expect(!answer.body.contains("made/up"), "a path that somebody made up is no label")
                #expect(try await serve.get("/metrics", token: token)?.status == 404)
            }
            try await ServeProcess.with(installation, "--metrics-listen", "0.0.0.0:0") { serve in
                let end = try await serve.ended()
                #expect(end == .exited(yuncang.ExitStatus.usage.rawValue))
            }
        }
    }

    /// Holds a text against the grammar of the exposition format: each family once, named before its samples, each sample
    /// once, its value a number.
    private static func check(_ text: String) {
        var families: Set<Substring> = []
        var samples: Set<Substring> = []
        var family: Substring = ""
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                #expect(words.count == 4 && ["counter", "gauge", "histogram"].contains(words[3]), "\(line)")
                family = words[2]
                #expect(families.insert(family).inserted, "\(line)")
            } else if !line.hasPrefix("# HELP ") {
                let parts = line.wholeMatch(of: /([a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? ([0-9.e+-]+)/)
                guard let parts else {
                    Issue.record("\(line)")
                    continue
                }
                #expect(parts.1.hasPrefix(family), "\(line)")
                #expect(samples.insert(parts.1 + (parts.2 ?? "")).inserted, "\(line)")
            }
        }
        #expect(families.count > 20)
    }

    @Test("whoever asks too often is told when to come back, and others are served")
    func rates() async throws {
        try await PrivateInstallation.withBase { installation in
            try await ServeProcess.with(
                installation, "--access-log", "off", "--rate-per-key", "1", "--failed-sign-ins", "0"
            ) { serve in
                let token = try await installation.token()
                let other = try await installation.token()
                try await serve.readiness(200)
                var statuses: [Int?] = []
                for _ in 0..<10 { statuses.append(try await serve.get("/v1/stock", token: token)?.status) }
                #expect(statuses.first == 200 && statuses.contains(429))
                #expect(try await serve.get("/v1/stock", token: other)?.status == 200)
                #expect(try await serve.get("/livez")?.status == 200)
            }
            try await ServeProcess.with(installation, "--rate-per-key", "-1") { serve in
                let end = try await serve.ended()
                #expect(end == .exited(yuncang.ExitStatus.usage.rawValue))
            }
        }
    }
}
