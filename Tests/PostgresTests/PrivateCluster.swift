import Foundation
import Glibc

/// A PostgreSQL of a test's own, to be stopped, frozen, killed and restarted.
struct PrivateCluster: Sendable {
    let folder: String
    let port: Int

    /// A connection string for the superuser, by TCP.
    var url: String { "host=127.0.0.1 port=\(port) user=postgres dbname=postgres" }

    /// Starts a server for `body` and removes it afterwards.
    static func with<Value>(
        settings: [String] = [], prepare: (String) throws -> Void = { _ in }, _ body: (PrivateCluster) async throws -> Value
    ) async throws -> Value {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cluster = PrivateCluster(folder: folder, port: try freePort())
        try cluster.run("initdb", "-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        let lines =
            [
                "port = \(cluster.port)", "listen_addresses = '127.0.0.1'", "unix_socket_directories = '\(folder)'",
                "fsync = off", "max_connections = 20",
            ] + settings
        try cluster.append(lines, to: "postgresql.conf")
        try prepare(cluster.data)
        try cluster.start()
        do {
            let value = try await body(cluster)
            cluster.end()
            return value
        } catch {
            cluster.end()
            throw error
        }
    }

    func start() throws {
        try run("pg_ctl", "-D", data, "-w", "-s", "-l", "\(folder)/log", "start")
    }

    /// `mode`: fast, or immediate, which is a crash.
    func stop(mode: String = "fast") throws {
        try run("pg_ctl", "-D", data, "-w", "-s", "-m", mode, "stop")
    }

    /// Sends a signal to the postmaster.
    func signalPostmaster(_ signal: Int32) throws {
        let file = try String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        let process = Int32(file.split(separator: "\n")[0])!
        precondition(kill(process, signal) == 0, "cannot signal the postmaster: errno \(errno)")
    }

    /// Replaces pg_hba.conf and has the server read it.
    func authenticate(_ lines: [String]) throws {
        try (lines.joined(separator: "\n") + "\n").write(toFile: "\(data)/pg_hba.conf", atomically: false, encoding: .utf8)
        try run("pg_ctl", "-D", data, "-s", "reload")
    }

    var data: String { folder + "/data" }

    private func end() {
        try? signalPostmaster(SIGCONT)
        try? stop(mode: "immediate")
    }

    func append(_ lines: [String], to file: String) throws {
        let path = "\(data)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + "\n" + lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Runs one of the server's programs, as a user that PostgreSQL accepts.
    private func run(_ program: String, _ arguments: String...) throws {
        let folder = getenv("YUNCANG_TEST_PG_BIN").map { String(cString: $0) } ?? "/usr/lib/postgresql/15/bin"
        try Self.execute((getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []) + ["\(folder)/\(program)"] + arguments)
    }

    struct Failed: Error {
        let command: [String]
        let output: String
    }

    @discardableResult
    static func execute(_ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        // A file, not a pipe: the server keeps what it inherits open.
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("yuncang-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let output = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0 else { throw Failed(command: words, output: output) }
        return output
    }

    private static func makeFolder() throws -> String {
        var template = Array("/tmp/yuncang-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed(command: ["mkdtemp"], output: "errno \(errno)") }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if getuid() == 0 { try execute(["chown", "postgres:", folder]) }
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
        guard code == 0 else { throw Failed(command: ["bind"], output: "errno \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
