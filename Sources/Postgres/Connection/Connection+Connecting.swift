internal import CPostgres
public import EventLoop

extension Connection {
    /// Connects to the first host that answers as the options ask.
    ///
    /// - Throws: ``PostgresError/connect(_:)`` with the last host's reason.
    public static func connect(
        _ options: ConnectionOptions, limits: ConnectionLimits = ConnectionLimits(), on loop: EventLoop
    ) async throws(PostgresError) -> Connection {
        let attempts: [ConnectionOptions]
        do throws(ConnectFailure) { attempts = try HostAttempts.list(options) } catch { throw .connect(error) }
        var failure = ConnectFailure(kind: .badOptions, message: "no host to connect to")
        for attempt in attempts {
            let connection = Connection(loop: loop, limits: limits)
            do throws(ConnectFailure) {
                try await connection.open(attempt)
                return connection
            } catch {
                await connection.close(by: .connect(error))
                failure = error
                // What cannot heal on this host may be otherwise on the next; a stop is meant for all of them.
                if error.kind == .stopped { break }
            }
        }
        throw .connect(failure)
    }

    /// Connects to one host.
    private func open(_ options: ConnectionOptions) async throws(ConnectFailure) {
        let deadline = MonotonicInstant.now().advanced(by: limits.connectDeadline)
        let resolved = try await HostResolution.resolving(options, on: loop, until: deadline)
        let libpq = try LibpqConnection(resolved)
        guard !libpq.isBad else { throw Self.failure(libpq) }
        // libpq's manual: after PQconnectStart behave as if PQconnectPoll had said that it wants to write.
        var wanted = Interest.writable
        while true {
            try await ready(libpq.socket, for: wanted, until: deadline)
            switch libpq.connectPoll() {
            case PGRES_POLLING_READING: wanted = .readable
            case PGRES_POLLING_WRITING: wanted = .writable
            case PGRES_POLLING_OK: return try start(libpq)
            default: throw Self.failure(libpq)
            }
        }
    }

    private func ready(_ socket: Int32, for wanted: Interest, until deadline: MonotonicInstant)
        async throws(ConnectFailure)
    {
        do throws(EventLoopError) {
            _ = try await loop.readiness(of: socket, for: wanted, until: deadline)
        } catch .deadlineExceeded {
            throw ConnectFailure(
                kind: .deadlineExceeded, message: "the server did not answer within \(limits.connectDeadline)")
        } catch {
            throw ConnectFailure(kind: .stopped, message: "connecting was given up: \(error)")
        }
    }

    private func start(_ libpq: LibpqConnection) throws(ConnectFailure) {
        guard libpq.serverVersion >= limits.oldestServer else {
            let (found, needed) = (libpq.serverVersion / 10_000, limits.oldestServer / 10_000)
            throw ConnectFailure(
                kind: .wrongVersion, message: "the server is PostgreSQL \(found); \(needed) or later is needed")
        }
        guard libpq.becomePipelined() else { throw Self.failure(libpq) }
        _ = libpq.takeNotices()
        do throws(PostgresError) {
            try adopt(libpq)
        } catch {
            throw ConnectFailure(kind: .stopped, message: "\(error)")
        }
    }

    /// Reads libpq's words; the server's code is in them only because the verbose form was asked for.
    private static func failure(_ libpq: LibpqConnection) -> ConnectFailure {
        let text = libpq.message
        let state = sqlState(in: text)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("LOCATION:") }
        var message = lines.joined(separator: "; ")
        if let state { message = message.replacing(" \(state.rawValue): ", with: " ") }
        return ConnectFailure(kind: state == nil ? .unreachable : .refused, sqlState: state, message: message)
    }

    /// Finds `FATAL:  28P01: ` and the like, whatever language the severity is in.
    static func sqlState(in message: String) -> SQLState? {
        for line in message.split(separator: "\n") {
            for word in line.split(separator: " ") where word.utf8.count == 6 && word.hasSuffix(":") {
                let code = word.dropLast()
                let isCode = code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
                if isCode, code.utf8.contains(where: { (48...57).contains($0) }) {
                    return SQLState(rawValue: String(code))
                }
            }
        }
        return nil
    }
}
