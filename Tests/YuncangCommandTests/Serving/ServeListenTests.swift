import Glibc
import HTTPServer
import PostgresTesting
import Testing

@testable import yuncang

/// Where `serve` listens, whom it lets in, and how it says that it ends.
@Suite("serve, to those who connect", .serialized)
struct ServeListenTests {
    @Test("an address and a path side by side; what kill -9 leaves behind is replaced, what SIGTERM ends is gone")
    func path() async throws {
        try await PrivateInstallation.withBase { installation in
            let path = installation.cluster.folder + "/http.sock"
            let arguments = ["--listen", "127.0.0.1:0", "--listen", "unix:\(path)", "--socket-mode", "606"]
            for signal in [SIGKILL, SIGTERM] {
                try await ServeProcess.with(installation, arguments: arguments) { serve in
                    try await serve.readiness(200)
                    #expect(serve.output.contains(#"{"event":"listening","url":"unix:\#(path)"}"#))
                    #expect(permissions(path) == 0o606)
                    let exchange = HTTPExchange(port: 0, path: path)
                    #expect(await exchange.ask("GET", "/readyz")?.status == 200)
                    // Whoever has no address is told no like anybody else, however often.
                    for _ in 0..<3 { #expect(await exchange.ask("GET", "/v1/stock")?.status == 401) }
                    try await ServeProcess.with(installation, arguments: arguments) { second in
                        let end = try await second.ended()
                        #expect(end == .exited(yuncang.ExitStatus.unavailable.rawValue))
                        #expect(second.log.contains("the socket \(path) is taken"))
                    }
                    #expect(await exchange.ask("GET", "/readyz")?.status == 200)
                    serve.signal(signal)
                    let end = try await serve.ended()
                    #expect(end == (signal == SIGKILL ? .killed(SIGKILL) : .exited(0)))
                    #expect((permissions(path) == nil) == (signal == SIGTERM))
                }
            }
        }
    }

    private func permissions(_ path: String) -> UInt32? {
        var found = stat()
        return lstat(path, &found) == 0 ? UInt32(found.st_mode) & 0o777 : nil
    }

    @Test("SIGTERM: it says that it is not ready and serves on, new connections too; then it ends")
    func announcedEnd() async throws {
        try await PrivateInstallation.withBase { installation in
            try await ServeProcess.with(installation, "--drain-delay", "4") { serve in
                try await serve.readiness(200)
                let token = try await installation.token()
                serve.signal(SIGTERM)
                let announced = try await eventually {
                    let answer = try await serve.get("/readyz")
                    return answer?.status == 503 && answer?.body.contains("shutting down") == true
                }
                #expect(announced)
                #expect(try await serve.get("/v1/stock", token: token)?.status == 200)
                #expect(try await serve.get("/livez")?.status == 200)
                let end = try await serve.ended()
                #expect(end == .exited(0))
            }
        }
    }

    @Test("without descriptors clients are told to come back, who is there is served, and all is well afterwards")
    func outOfDescriptors() async throws {
        try await PrivateInstallation.withBase { installation in
            try await ServeProcess.with(installation, arguments: ["--connections", "3"], descriptors: 40) { serve in
                try await serve.readiness(200)
                let exchange = HTTPExchange(port: try await serve.port())
                let kept = try HeldConnection(port: exchange.port)
                #expect(kept.ask("/livez")?.contains(" 200 ") == true)
                var held: [HeldConnection] = []
                var refusal: String?
                while refusal == nil, held.count < 64 {
                    let next = try HeldConnection(port: exchange.port)
                    if let answer = next.ask("/livez"), !answer.contains(" 200 ") { refusal = answer }
                    held.append(next)
                }
                let answer = try #require(refusal, "it never ran out of descriptors")
                #expect(answer.contains(" 503 ") && answer.contains("Retry-After: 1"), "\(answer)")
                // Nobody waits for the patience of the kernel's queue.
                for _ in 0..<20 { #expect(await exchange.ask("GET", "/livez")?.status == 503) }
                #expect(kept.ask("/livez")?.contains(" 200 ") == true)
                #expect(serve.log.ranges(of: "cannot accept connections").count == 1, "the log is flooded")
                held = []
                let healed = try await eventually { await exchange.ask("GET", "/livez")?.status == 200 }
                #expect(healed)
                serve.signal(SIGTERM)
                let end = try await serve.ended()
                #expect(end == .exited(0))
            }
        }
    }
}
