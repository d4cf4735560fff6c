internal import EventLoop
internal import Glibc
internal import Postgres

/// Prepared SELECTs by key through `Postgres`, for as long as asked; prints how many a second.
///
///     PostgresBenchmark URL CONNECTIONS DEPTH SECONDS KEYS
///
/// DEPTH 1 is one query at a time on each connection; more is so many tasks a connection, whose queries are pipelined.
@main
enum PostgresBenchmark {
    /// The query of pgbench's own `-S`, on its own table.
    struct BalanceOfAccount: Statement {
        var account: Int32
        static let sql = "SELECT abalance FROM pgbench_accounts WHERE aid = $1"
        func bind(to parameters: inout Parameters) { parameters.append(account) }
        static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int32 { try row.next() }
    }

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 6, let connections = Int(words[2]), let depth = Int(words[3]), let seconds = Int(words[4]),
            let keys = Int32(words[5])
        else {
            print("usage: PostgresBenchmark URL CONNECTIONS DEPTH SECONDS KEYS")
            exit(2)
        }
        let options = try ConnectionOptions(words[1])
        let loop = try EventLoop.start(name: "bench")
        let opened = try await withThrowingTaskGroup(of: Connection.self) { group in
            for _ in 0..<connections { group.addTask { try await Connection.connect(options, on: loop) } }
            var opened: [Connection] = []
            for try await connection in group { opened.append(connection) }
            return opened
        }
        let start = MonotonicInstant.now()
        let end = start.advanced(by: .seconds(seconds))
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for connection in opened {
                for _ in 0..<depth {
                    group.addTask(executorPreference: loop) { try await ask(connection, keys: keys, until: end) }
                }
            }
            var count = 0
            for try await part in group { count += part }
            return count
        }
        let elapsed = MonotonicInstant.now() - start
        print(
            Int(Double(count) / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)))
        for connection in opened { await connection.close() }
        await loop.shutDown()
    }

    private static func ask(_ connection: Connection, keys: Int32, until end: MonotonicInstant) async throws -> Int {
        var generator = SystemRandomNumberGenerator()
        var count = 0
        while MonotonicInstant.now() < end {
            let rows = try await connection.query(BalanceOfAccount(account: .random(in: 1...keys, using: &generator)))
            precondition(rows.count == 1, "no such account: this measures nothing")
            count += 1
        }
        return count
    }
}
