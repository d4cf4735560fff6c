import EventLoop
import FoundationEssentials
import Glibc
import PostgresTesting
import Testing

@testable import yuncang

/// `yuncang serve` as a process of its own, to be asked, stopped and killed.
final class ServeProcess: Sendable {
    /// How a process ended.
    enum End: Equatable {
        case exited(Int32)
        case killed(Int32)
    }

    let process: pid_t
    private let folder: String
    private let end = Lock<End?>(nil)

    /// Starts one on a free port for `body`, and kills it afterwards if it still runs; what it said is looked through for
    /// the password.
    static func with(
        _ installation: PrivateInstallation, _ arguments: String..., changes: [String: String] = [:],
        _ body: (ServeProcess) async throws -> Void
    ) async throws {
        try await with(installation, arguments: arguments, changes: changes, body)
    }

    /// The same with a list of arguments, and at most so many descriptors.
    static func with(
        _ installation: PrivateInstallation, arguments: [String], changes: [String: String] = [:],
        descriptors: Int? = nil, _ body: (ServeProcess) async throws -> Void
    ) async throws {
        let environment = installation.environment.merging(changes) { $1 }
        let words =
            ["serve", "--json"] + (arguments.contains("--listen") ? [] : ["--listen", "127.0.0.1:0"]) + arguments
        let process = try ServeProcess(
            words, environment: environment, descriptors: descriptors, in: installation.cluster.folder)
        do {
            try await body(process)
        } catch {
            Issue.record("\(error); it said: \(process.output)\(process.log)")
        }
        process.signal(SIGKILL)
        _ = try await process.ended()
        #expect(!(process.output + process.log).contains(PrivateInstallation.secret))
    }

    private init(
        _ arguments: [String], environment: [String: String], descriptors: Int?, in folder: String
    ) throws {
        self.folder = "\(folder)/serve-\(UUID().uuidString)"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, self.folder + ".out", O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, self.folder + ".err", O_WRONLY | O_CREAT, 0o600)
        // A shell limits itself and then becomes the service.
        let limiting = descriptors.map { ["sh", "-c", "ulimit -n \($0); exec \"$0\" \"$@\"", Self.executable] }
        let program = limiting == nil ? Self.executable : "/bin/sh"
        var words = ((limiting ?? ["yuncang"]) + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, program, &actions, nil, &words, &variables)
        try #require(code == 0, "cannot start \(Self.executable): \(code)")
        self.process = process
        try startThread(name: "reaper") { [self] in
            var status: Int32 = 0
            while waitpid(self.process, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            end.withLock { $0 = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal) }
        }
    }

    /// Beside the tests' own executable.
    private static let executable: String = {
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/yuncang"
    }()

    /// What it wrote to standard output.
    var output: String { Self.contents(of: folder + ".out") }
    /// What it wrote to standard error.
    var log: String { Self.contents(of: folder + ".err") }

    func signal(_ signal: Int32) {
        // Only while it is not reaped: afterwards the number may be another's.
        end.withLock { if $0 == nil { kill(process, signal) } }
    }

    /// Whether it has not ended yet.
    var isRunning: Bool { end.withLock { $0 } == nil }

    /// How it ended, once it has.
    func ended() async throws -> End {
        _ = try await eventually(within: .seconds(30)) { end.withLock { $0 } != nil }
        return try #require(end.withLock { $0 }, "it does not end")
    }

    /// The port that it says it listens on.
    func port() async throws -> UInt16 {
        var found: UInt16?
        _ = try await eventually {
            found = output.split(separator: "\n").first { $0.contains(#""event":"listening""#) }
                .flatMap { $0.split(separator: "\"").first { $0.hasPrefix("http://") } }
                .flatMap { $0.split(separator: ":").last }.flatMap { UInt16($0.prefix { $0.isNumber }) }
            return found != nil || end.withLock { $0 } != nil
        }
        return try #require(found, "it does not listen: \(log)")
    }

    /// Asks for a path; nil when nobody answers.
    func get(_ path: String, token: String? = nil) async throws -> (status: Int, body: String)? {
        try await HTTPExchange(port: port(), token: token).ask("GET", path)
    }

    /// Waits until `/readyz` answers this status, with these words in it.
    func readiness(_ status: Int, _ words: String = "") async throws {
        var last: (status: Int, body: String)?
        let came = try await eventually(within: .seconds(60)) {
            last = try await get("/readyz")
            return last.map { $0.status == status && $0.body.contains(words) } ?? false
        }
        #expect(came, "not \(status) \(words), but \(last.map { "\($0)" } ?? "nothing")")
        #expect(try await get("/livez")?.status == 200)
    }

    private static func contents(of path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
