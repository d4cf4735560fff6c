import CloudWarehouse
import JSON
import Logging
import Testing

@testable import yuncang

@Suite("yuncang token", .serialized)
struct TokenCommandTests {
    private static var form: Regex<Substring> { /gaoqing\.[0-9a-z]{12}\.[0-9a-z]{32}/ }

    private func member(_ name: String, of text: String) throws -> String {
        guard case .string(let value)? = try JSONType<JSONValue>.any.read(Array(text.utf8))[name] else {
            Issue.record("no \(name) in \(text)")
            return ""
        }
        return value
    }

    @Test(
        "arguments that do not fit are refused before the database is asked",
        arguments: [
            (["--role", "boss"], "the roles are: cooperative, warehouse, host, controller, source, operator"),
            (["--role", "cooperative"], "a token of role cooperative needs --owner"),
            (["--role", "source"], "a token of role source needs --source"),
            (["--role", "host", "--owner", "a"], "--owner belongs to role cooperative, not to host"),
            (["--role", "operator", "--source", "a"], "--source belongs to role source, not to operator"),
            (["--role", "source", "--source", "a b"], "the value 'a b' is invalid for '--source <name>'"),
            (["--role", "host", "--expires", "soon"], "the value 'soon' is invalid for '--expires <when>'"),
            (["--role", "host", "--expires", "0d"], "write 1 to 3650 days"),
        ])
    func refused(arguments: [String], words: String) async {
        let call = await Call.make(["token", "create", "--name", "x"] + arguments, of: Yuncang.self)
        #expect(call.status == .usage)
        #expect(call.error.contains(words), "\(call.error)")
        #expect(call.output.isEmpty)
        let chinese = await Call.make(
            ["token", "create", "--name", "x", "--lang", "zh"] + arguments, of: Yuncang.self)
        #expect(chinese.error.hasPrefix("错误："))
    }

    @Test(
        "what is revoked by more than its prefix is refused without repeating it",
        arguments: [
            "gaoqing.0123456789ab.0123456789abcdefghjkmnpqrstvwxyz", "0123456789abcdefghjkmnpqrstvwxyz",
            "gaoqing.0123456789ab", "0123456789aB",
        ])
    func wholeToken(text: String) async {
        for format in [[], ["--json"]] {
            let call = await Call.make(["token", "revoke", text] + format, of: Yuncang.self)
            #expect(call.status == .usage)
            #expect(!call.error.contains(text) && call.output.isEmpty)
            #expect(call.error.contains("12 characters between the token's two dots"))
        }
    }

    @Test(
        "a token is shown once, is good for what it says, is listed without its secret, and revoked by its prefix",
        .onDatabase)
    func life() async throws {
        try await TestInstallation.with { installation in
            let created = await installation.call(
                [
                    "token", "create", "--role", "source", "--source", "taobao", "--name", "淘宝", "--expires", "30d",
                    "--json",
                ])
            #expect(created.status == .success && created.error.isEmpty)
            let text = try member("token", of: created.output)
            let prefix = try member("prefix", of: created.output)
            #expect(text.wholeMatch(of: Self.form) != nil && text.contains(".\(prefix)."))
            try await installation.withBase { open in
                let authenticator = Authenticator(
                    pool: open.pool, base: open.base.key,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
                let caller = try await authenticator.caller(showing: Array(text.utf8)[...])
                #expect(caller.role == .source && caller.source?.rawValue == "taobao")
                #expect(caller.prefix.rawValue == prefix)
            }
            let people = await installation.call(["token", "create", "--role", "operator", "--name", "老王"])
            let shown = people.output.matches(of: Self.form).map { String($0.output) }
            #expect(shown.count == 1)
            #expect(people.output.contains("It is shown only now."))
            #expect(people.error.isEmpty, "hints are for terminals")
            for format in [[], ["--json"]] {
                let listed = await installation.call(["token", "list"] + format)
                #expect(listed.output.contains(prefix) && listed.output.contains("taobao"))
                for secret in [text] + shown { #expect(!listed.output.contains(secret.suffix(32))) }
            }
            let revoked = await installation.call(["token", "revoke", prefix, "--json"])
            #expect(try member("state", of: revoked.output) == "revoked")
            let again = await installation.call(["token", "revoke", prefix, "--json"])
            #expect(again.output == revoked.output)
            let chinese = await installation.call(["token", "list", "--lang", "zh"])
            #expect(chinese.output.contains("已吊销") && chinese.output.contains("有效"))
        }
    }

    @Test("what there is not is named, and an expiry in the past is none", .onDatabase)
    func missing() async throws {
        try await TestInstallation.with { installation in
            let empty = await installation.call(["token", "list"])
            #expect(empty.output == "there is no token yet\n")
            #expect(await installation.call(["token", "list", "--json"]).output == "[]\n")
            let unknown = await installation.call(["token", "revoke", "000000000000"])
            #expect(unknown.status == .failure && unknown.error.contains("there is no token '000000000000'"))
            let owner = await installation.call(
                ["token", "create", "--role", "cooperative", "--owner", "nobody", "--name", "x"])
            #expect(owner.status == .failure && owner.error.contains("there is no owner 'nobody'"))
            let past = await installation.call(
                ["token", "create", "--role", "host", "--name", "x", "--expires", "2020-02-29"])
            #expect(past.status == .usage && past.error.contains("would have expired already"))
            let elsewhere = await installation.call(
                ["token", "create", "--role", "host", "--name", "x", "--base", "elsewhere"])
            #expect(elsewhere.status == .configuration)
            #expect(await installation.call(["token", "list", "--json"]).output == "[]\n", "and nothing was issued")
        }
    }
}
