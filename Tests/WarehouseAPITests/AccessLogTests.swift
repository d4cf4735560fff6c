import EventLoop
import FoundationEssentials
import Glibc
import HTTPTypes
import JSON
import Logging
import PostgresTesting
import Synchronization
import Testing

@testable import HTTPServer
@testable import WarehouseAPI

@Suite("The access log")
struct AccessLogTests {
    private static let second: Int64 = 1_000_000_000

    private static var moment: Moment { Moment(now: .now(), date: HTTPDate(unixSeconds: 0)) }

    /// The exchange that a request makes.
    private static func exchange(_ target: String, fields: String = "", _ change: (inout Exchange) -> Void = { _ in })
        throws -> Exchange
    {
        let bytes = Array("GET \(target) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n".utf8)
        var parser = RequestParser(limits: HTTPServer.Limits())
        var consumed = 0
        guard case .head(let head) = parser.next(in: bytes, consumed: &consumed) else {
            throw Refusal.malformedField
        }
        let client = Client(address: .ip(try #require(IPAddress("127.0.0.1"))))
        let request = Request(head: head, body: [], id: RequestID(of: head, orNumber: 0xAB), client: client)
        var exchange = Exchange(request, at: moment)
        exchange.end = exchange.start.advanced(by: .microseconds(250))
        exchange.status = 200
        exchange.responseBytes = 321
        change(&exchange)
        return exchange
    }

    private static func line(_ exchange: Exchange, _ format: AccessLogFormat = .json, names: RouteNames = RouteNames())
        -> String
    {
        // 2026-11-25T17:05:09.120Z, when the exchange ended.
        let wall: Int64 = 1_795_626_309_120_000_000
        let clock = WallClock(reading: { wall + MonotonicInstant.now().nanoseconds - exchange.end.nanoseconds })
        var lines = AccessLogLines(format, names: names, clock: clock)
        var bytes: [UInt8] = []
        lines.append(exchange, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a line says who asked what, and what came of it, in both formats")
    func line() throws {
        let names = RouteNames()
        let number = names.number(of: "/v1/stock/{sku}")
        let exchange = try Self.exchange("/v1/stock/melon?after=x&limit=5") { $0.route = number }
        let json = Self.line(exchange, names: names)
        #expect(json.hasPrefix(#"{"time":"2026-11-25T17:05:09.1"#), "\(json)")
        #expect(
            json.hasSuffix(
                #"Z","id":"00000000000000ab","client":"127.0.0.1","method":"GET","path":"/v1/stock/melon","#
                    + #""query":"after,limit","route":"/v1/stock/{sku}","status":200,"in":\#(exchange.requestBytes),"#
                    + #""out":321,"us":250}"# + "\n"), "\(json)")
        _ = try JSONType<JSONValue>.any.read(Array(json.utf8.dropLast()))
        let logfmt = Self.line(exchange, .logfmt, names: names)
        #expect(
            logfmt.hasSuffix(
                "Z id=00000000000000ab client=127.0.0.1 method=GET path=/v1/stock/melon query=after,limit "
                    + "route=/v1/stock/{sku} status=200 in=\(exchange.requestBytes) out=321 us=250\n"), "\(logfmt)")
    }

    @Test("no secret and nothing of what people search for is written", arguments: AccessLogFormat.allCases)
    func secrets(format: AccessLogFormat) throws {
        let exchange = try Self.exchange(
            "/v1/orders?phone=13812345678&name=%E7%8E%8B&13899999999&reference=8001",
            fields: "Authorization: Bearer gaoqing.x.secret\r\nCookie: session=geheim\r\nReferer: /?q=suche\r\n")
        let line = Self.line(exchange, format)
        for secret in ["138", "secret", "gaoqing", "geheim", "session", "suche", "%E7", "8001"] {
            #expect(!line.contains(secret), "\(secret): \(line)")
        }
        #expect(line.contains("phone,name,?,reference"))
    }

    @Test("whatever a client sends, a line stays one line and can be read", arguments: AccessLogFormat.allCases)
    func forged(format: AccessLogFormat) throws {
        for target in [
            "/%0A%7B%22status%22:200%7D", "/a%22,%22status%22:500", "/'%5C%22", "/a=b&c=d",
            "/" + String(repeating: "a", count: 4_000),
            "/?" + (0..<500).map { "p\($0)=1" }.joined(separator: "&"),
        ] {
            let line = Self.line(try Self.exchange(target, fields: "X-Request-Id: a\"b\r\n"), format)
            #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1 && line.hasSuffix("\n"))
            #expect(line.utf8.count < 1_000, "\(line)")
            #expect(line.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
            if format == .json {
                let json = try JSONType<JSONValue>.any.read(Array(line.utf8.dropLast()))
                #expect(json["status"] == .integer(200))
            }
        }
    }

    @Test(
        "nothing in a path ends a value, a line or an escape, even if the parser let it pass",
        arguments: [AccessLogFormat.json, .logfmt])
    func hostilePath(format: AccessLogFormat) throws {
        let bytes = Array("/a\"b\\c\nd e=\u{7F}é".utf8)
        let all = bytes.startIndex..<bytes.endIndex
        let head = RequestHead(
            bytes: bytes, byteCount: bytes.count, method: .get, version: .http11, target: all, path: all, query: nil,
            authority: 0..<0, fields: [], framing: .empty, persists: true, expectsContinue: false)
        let request = Request(head: head, body: [], client: Client(address: .local))
        let line = Self.line(Exchange(request, at: Self.moment), format)
        #expect(line.contains("/a?b?c?d?e=???"), "\(line)")
        #expect(line.utf8.count { $0 == 0x0A } == 1 && line.hasSuffix("\n"))
    }

    @Test("what was cut off or refused says so, and what could not be read has no path")
    func refused() throws {
        var exchange = Exchange(from: .local, id: RequestID(number: 1), at: Self.moment)
        exchange.refusal = .malformedRequestLine
        exchange.status = 400
        exchange.isCutOff = true
        let line = Self.line(exchange)
        #expect(line.contains(#""client":"unix","refusal":"malformedRequestLine","status":400"#), "\(line)")
        #expect(line.hasSuffix(#","cut":true}"# + "\n"))
        #expect(!line.contains("path"))
    }

    @Test("lines go to the file that is there, also after it was moved away and a signal came")
    func reopened() async throws {
        let folder = "/tmp/yuncang-log-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let log = try AccessLog(to: .file(folder + "/a"), format: .json, logger: logger)
        #expect(log.take(Array("1\n".utf8), count: 1))
        log.reopen()
        #expect(log.take(Array("2\n".utf8), count: 1))
        await log.close()
        #expect(
            FileManager.default.contents(atPath: folder + "/a").map { String(decoding: $0, as: UTF8.self) } == "1\n2\n")
        let again = try AccessLog(to: .file(folder + "/a"), format: .json, logger: logger)
        #expect(again.take(Array("3\n".utf8), count: 1))
        try FileManager.default.moveItem(atPath: folder + "/a", toPath: folder + "/b")
        again.reopen()
        #expect(again.take(Array("4\n".utf8), count: 1))
        await again.close()
        #expect(FileManager.default.contents(atPath: folder + "/b")?.count == 6)
        #expect(
            FileManager.default.contents(atPath: folder + "/a").map { String(decoding: $0, as: UTF8.self) } == "4\n")
        #expect(again.droppedLines == 0)
    }

    @Test("a disk that is full costs lines and nothing else, and they are counted")
    func full() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let log = try AccessLog(to: .file("/dev/full"), format: .json, logger: logger)
        #expect(log.take(Array("1\n2\n".utf8), count: 2))
        await log.close()
        #expect(log.droppedLines == 2)
    }

    @Test("a line that a full disk broke off is completed when there is room, and no other begins in its middle")
    func brokenLine() async throws {
        let written = Mutex<(room: Int, bytes: [UInt8])>((6, []))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let log = try AccessLog(to: .file("/dev/null"), format: .json, logger: logger) { _, bytes in
            written.withLock { disk in
                let count = min(disk.room, bytes.count)
                disk.bytes += bytes.prefix(count)
                disk.room -= count
                if count == 0 { errno = ENOSPC }
                return count == 0 ? -1 : count
            }
        }
        #expect(log.take(Array("one\ntwo\nthree\n".utf8), count: 3))
        #expect(log.take(Array("four\n".utf8), count: 1))
        #expect(try await eventually { log.droppedLines == 2 }, "three and four")
        written.withLock { $0.room = 3 }
        #expect(log.take(Array("five\nsix\n".utf8), count: 2))
        #expect(try await eventually { log.droppedLines == 3 }, "six")
        written.withLock { $0.room = 100 }
        #expect(log.take(Array("seven\n".utf8), count: 1))
        await log.close()
        #expect(String(decoding: written.withLock { $0.bytes }, as: UTF8.self) == "one\ntwo\nfive\nseven\n")
        #expect(log.droppedLines == 3)
    }

    @Test("what nobody reads is bounded: lines beyond that are dropped, and counted")
    func unread() async throws {
        let path = "/tmp/yuncang-log-\(UUID().uuidString)"
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let log = try AccessLog(to: .file(path), format: .json, logger: logger)
        let lines = Array(repeating: UInt8(ascii: "x"), count: 1_024 * 1_024 - 1) + [UInt8(ascii: "\n")]
        var taken = 0
        for _ in 0..<10 where log.take(lines, count: 1) { taken += 1 }
        #expect((3...5).contains(taken))
        #expect(log.droppedLines == 10 - taken)
        await log.close()
        #expect(log.droppedLines == 10, "none of them has left whole")
        close(reader)
    }
}
