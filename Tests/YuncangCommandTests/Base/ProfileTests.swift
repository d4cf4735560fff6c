import FoundationEssentials
import Testing

@testable import yuncang

@Suite("Profiles", .onDatabase)
struct ProfileTests {
    /// Writes a profile into a test's own configuration folder, and calls `base list` by it.
    private func call(_ base: GivenBase, _ text: String, mode: Int = 0o600, changes: [String: String] = [:])
        async throws
        -> Call
    {
        try FileManager.default.createDirectory(
            atPath: base.folder + "/yuncang", withIntermediateDirectories: true)
        let path = try base.file("yuncang/farm.env", text)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let environment = ["XDG_CONFIG_HOME": base.folder].merging(changes) { $1 }
        return await Call.make(
            ["base", "list", "--profile", "farm", "--json"], of: Yuncang.self, environment: environment)
    }

    @Test("a profile says where the database is, and the environment goes before it")
    func used() async throws {
        try await GivenBase.with { base in
            let url = base.installation.environment["YUNCANG_DATABASE_URL"] ?? ""
            let text = "# the farm\n\nYUNCANG_DATABASE_URL=\(url)\nYUNCANG_BASE=gaoqing\n"
            let found = try await call(base, text)
            #expect(found.status == .success && found.output.contains("gaoqing"), "\(found.error)")
            let nowhere = ["YUNCANG_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"]
            #expect(try await call(base, text, changes: nowhere).status == .unavailable)
        }
    }

    @Test(
        "a profile that cannot be is told, with its line, and never shows what it holds",
        arguments: [
            ("YUNCANG_DATABASE=x", 0o600, "line 1"), ("YUNCANG_BASE=a\nYUNCANG_BASE=b", 0o600, "line 2"),
            ("nonsense", 0o600, "line 1"), ("YUNCANG_PROFILE=other", 0o600, "line 1"),
            ("YUNCANG_BASE=secret-0815", 0o640, "chmod 600"),
        ])
    func refused(text: String, mode: Int, words: String) async throws {
        try await GivenBase.with { base in
            let call = try await call(base, text, mode: mode)
            #expect(call.status == .configuration)
            #expect(call.error.contains(words) && !call.error.contains("secret-0815"), "\(call.error)")
        }
    }

    @Test("a profile that is not there, or whose name is a path, is told")
    func missing() async throws {
        let environment = ["XDG_CONFIG_HOME": "/nonexistent"]
        let absent = await Call.make(["base", "list", "--profile", "farm"], of: Yuncang.self, environment: environment)
        #expect(absent.status == .configuration && absent.error.contains("/nonexistent/yuncang/farm.env"))
        let path = await Call.make(["base", "list", "--profile", "../x"], of: Yuncang.self, environment: environment)
        #expect(path.status == .usage)
    }
}
