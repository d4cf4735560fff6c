internal import EventLoop
internal import Glibc

/// A PostgreSQL of a test's own, to be stopped, frozen, killed and restarted.
package struct PrivateCluster: Sendable {
    /// Holds everything of it, the socket too.
    package let folder: String
    /// Where it listens, on the loopback address.
    package let port: Int

    /// A connection string for the superuser, by TCP.
    package var url: String { "host=127.0.0.1 port=\(port) user=postgres dbname=postgres" }

    /// Starts a server for `body` and removes it afterwards.
    package static func with<Value>(
        settings: [String] = [], prepare: (String) async throws -> Void = { _ in },
        _ body: (PrivateCluster) async throws -> Value
    ) async throws -> Value {
        let folder = try await makeFolder()
        let cluster = PrivateCluster(folder: folder, port: try freePort())
        try await cluster.run(
            "initdb", "-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        let lines =
            [
                "port = \(cluster.port)", "listen_addresses = '127.0.0.1'", "unix_socket_directories = '\(folder)'",
                "fsync = off", "max_connections = 20",
            ] + settings
        try cluster.append(lines, to: "postgresql.conf")
        try await prepare(cluster.data)
        do {
            try await cluster.start()
            let value = try await body(cluster)
            await cluster.end()
            return value
        } catch {
            await cluster.end()
            throw error
        }
    }

    /// Starts it, and returns when it answers.
    package func start() async throws {
        try await run("pg_ctl", "-D", data, "-w", "-s", "-l", "\(folder)/log", "start")
    }

    /// `mode`: fast, or immediate, which is a crash.
    package func stop(mode: String = "fast") async throws {
        try await run("pg_ctl", "-D", data, "-w", "-s", "-m", mode, "stop")
    }

    /// Ends every process of the server at once: kill -9. It may be started again.
    package func kill() async throws {
        let process = try postmaster()
        Glibc.kill(process, SIGSTOP)
        try Self.waitUntilStopped(process)
        let children = try Self.line(of: "/proc/\(process)/task/\(process)/children").split(separator: " ")
        let all = [process] + children.compactMap { pid_t($0) }
        for process in all { Glibc.kill(process, SIGKILL) }
        let areGone = try await eventually { all.allSatisfy { Self.state(of: $0).map { "ZX".contains($0) } ?? true } }
        guard areGone else { throw Failed(command: ["SIGKILL"], code: ETIMEDOUT) }
        // Whoever reaps the dead may take his time, and their number would pass for a server's.
        for lock in ["\(data)/postmaster.pid", "\(folder)/.s.PGSQL.\(port).lock"] { unlink(lock) }
    }

    /// Sends a signal to the postmaster.
    package func signalPostmaster(_ signal: Int32) throws {
        let process = try postmaster()
        precondition(Glibc.kill(process, signal) == 0, "cannot signal the postmaster: errno \(errno)")
    }

    /// Sends a signal to every process of the server, the postmaster first, which then makes no more: a stopped one has to
    /// have stopped, or it makes a child that is on no list.
    package func signalAll(_ signal: Int32) throws {
        let process = try postmaster()
        Glibc.kill(process, signal)
        if signal == SIGSTOP { try Self.waitUntilStopped(process) }
        for child in try Self.line(of: "/proc/\(process)/task/\(process)/children").split(separator: " ") {
            if let child = pid_t(child) { Glibc.kill(child, signal) }
        }
    }

    private static func waitUntilStopped(_ process: pid_t) throws {
        for _ in 0..<10_000 {
            if state(of: process) == "T" { return }
            usleep(1_000)
        }
        throw Failed(command: ["SIGSTOP"], code: ETIMEDOUT)
    }

    /// Running, stopped or a zombie, as proc(5) has it; nil when there is no such process.
    private static func state(of process: pid_t) -> Character? {
        guard let words = try? line(of: "/proc/\(process)/stat") else { return nil }
        // It follows the name, which stands in parentheses and may hold anything.
        return words[(words.lastIndex(of: ")") ?? words.startIndex)...].dropFirst(2).first
    }

    private func postmaster() throws -> pid_t {
        guard let process = pid_t(try Self.line(of: "\(data)/postmaster.pid")) else {
            throw Failed(command: ["postmaster.pid"], code: EINVAL)
        }
        return process
    }

    /// The first line of a file, without its end.
    private static func line(of path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Failed(command: [path], code: errno) }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 4_096)
        guard fgets(&line, CInt(line.count), file) != nil else { throw Failed(command: [path], code: errno) }
        return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Replaces pg_hba.conf and has the server read it.
    package func authenticate(_ lines: [String]) async throws {
        try Self.write(lines, to: "\(data)/pg_hba.conf", flags: O_WRONLY | O_TRUNC)
        try await run("pg_ctl", "-D", data, "-s", "reload")
    }

    /// The data folder.
    package var data: String { folder + "/data" }

    private func end() async {
        try? signalAll(SIGCONT)
        try? await stop(mode: "immediate")
        try? await Self.execute(["rm", "-rf", folder])
    }

    /// Adds lines to one of its settings files.
    package func append(_ lines: [String], to file: String) throws {
        try Self.write(lines, to: "\(data)/\(file)", flags: O_WRONLY | O_APPEND)
    }

    private static func write(_ lines: [String], to path: String, flags: Int32) throws {
        let descriptor = open(path, flags)
        defer { close(descriptor) }
        let text = Array((lines.joined(separator: "\n") + "\n").utf8)
        guard Glibc.write(descriptor, text, text.count) == text.count else {
            throw Failed(command: ["write", path], code: errno)
        }
    }

    /// Runs one of the server's programs, as a user that PostgreSQL accepts.
    private func run(_ program: String, _ arguments: String...) async throws {
        let folder = getenv("YUNCANG_TEST_PG_BIN").map { String(cString: $0) } ?? "/usr/lib/postgresql/15/bin"
        try await Self.execute(
            (getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []) + ["\(folder)/\(program)"] + arguments)
    }

    /// A program or a call that failed.
    package struct Failed: Error {
        package let command: [String]
        package let code: Int32
    }

    /// Runs a program on a thread of its own, so that none of Swift's few is blocked meanwhile.
    package static func execute(_ words: [String]) async throws {
        let code = await withCheckedContinuation { (continuation: CheckedContinuation<Int32, Never>) in
            do {
                try startThread(name: "program") { continuation.resume(returning: Self.runToEnd(words)) }
            } catch {
                continuation.resume(returning: -1)
            }
        }
        guard code == 0 else { throw Failed(command: words, code: code) }
    }

    private static func runToEnd(_ words: [String]) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = (["env", "-C", "/"] + words).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        guard posix_spawn(&process, "/usr/bin/env", &actions, nil, &arguments, environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// Under the folder that scripts/test clears away even when the tests are killed, if it runs them.
    private static func makeFolder() async throws -> String {
        let parent = getenv("YUNCANG_TEST_CLUSTERS").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/yuncang-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed(command: ["mkdtemp"], code: errno) }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if getuid() == 0 { try await execute(["chown", "postgres:", folder]) }
        return folder
    }

    /// A port that nobody listens on now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0 else { throw Failed(command: ["bind"], code: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
