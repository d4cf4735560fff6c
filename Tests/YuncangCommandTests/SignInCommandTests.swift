import CloudWarehouse
import JSON
import Testing

@testable import yuncang

@Suite("yuncang signin and overlay", .serialized)
struct SignInCommandTests {
    private func json(_ text: String) throws -> JSONValue { try JSONType<JSONValue>.any.read(Array(text.utf8)) }

    private func member(_ name: String, of text: String) throws -> String {
        guard case .string(let value)? = try json(text)[name] else {
            Issue.record("no \(name) in \(text)")
            return ""
        }
        return value
    }

    @Test(
        "arguments that do not fit are refused before the database is asked",
        arguments: [
            (["signin", "code", "--for", "x", "--role", "boss"], "the roles are"),
            (["signin", "code", "--for", "x", "--role", "cooperative"], "needs --owner"),
            (["signin", "code", "--for", "x", "--role", "host", "--minutes", "0"], "--minutes is from 1 to 1440"),
            (["signin", "code", "--for", "x", "--role", "host", "--minutes", "1441"], "--minutes is from 1 to 1440"),
            (["signin", "code", "--for", "x", "--role", "host", "--expires", "0d"], "write 1 to 3650 days"),
            (["signin", "code", "--for", "x", "--role", "host", "--url", "ftp://x"], "--url takes the address"),
            (["signin", "code", "--for", "x", "--role", "host", "--url", "https://x/y"], "--url takes the address"),
            (["signin", "revoke", "7K3Q2-M9XWT"], "neither a code's beginning nor a session"),
            (["overlay", "create", "a b", "--name", "x"], "the value 'a b' is invalid for '<skus>'"),
            (["overlay", "revoke", "gaoqing"], "this is no prefix of a token"),
        ])
    func refused(arguments: [String], words: String) async {
        let call = await Call.make(arguments, of: Yuncang.self)
        #expect(call.status == .usage)
        #expect(call.error.contains(words), "\(call.error)")
        #expect(call.output.isEmpty && !call.error.contains("M9XWT"))
        let chinese = await Call.make(arguments + ["--lang", "zh"], of: Yuncang.self)
        #expect(chinese.error.hasPrefix("错误："))
    }

    @Test("a code is shown once with its page, opens a session, and both are listed and revoked", .onDatabase)
    func life() async throws {
        try await TestInstallation.with { installation in
            let make = ["signin", "code", "--role", "host", "--for", "小李", "--url", "https://base.example.cn/"]
            let made = await installation.call(make + ["--json"])
            #expect(made.status == .success && made.error.isEmpty)
            let text = try member("code", of: made.output)
            #expect(try member("page", of: made.output) == "https://base.example.cn/#code=\(text)")
            let people = await installation.call(make + ["--lang", "zh"])
            #expect(people.output.contains("只显示这一次") && people.output.contains("█▀"))
            var prefix = ""
            try await installation.withBase { open in
                let session = try await open.signIn.enter(try #require(SignInCodeText(typed: text)))
                prefix = session.token.prefix.rawValue
                #expect(session.token.scope.role == .host && session.token.name.rawValue == "小李")
            }
            let listed = await installation.call(["signin", "list"])
            #expect(listed.output.contains(prefix) && listed.output.contains("used") && !listed.output.contains(text))
            let handle = String(text.prefix(4))
            let again = await installation.call(["signin", "revoke", handle, "--json"])
            #expect(again.status == .success && again.output.contains(#""state":"used""#), "nothing is left to revoke")
            let ended = await installation.call(["signin", "revoke", prefix, "--json"])
            #expect(ended.output.contains(#""state":"revoked""#), "\(ended.output)")
            #expect(
                await installation.call(["signin", "revoke", "000000000000"]).error.contains("there is no session"))
            #expect(
                await installation.call(["token", "revoke", prefix]).status == .failure, "it is no program's token")
            let past = await installation.call(make + ["--expires", "2020-02-29"])
            #expect(past.status == .usage && past.error.contains("signed out already"))
        }
    }

    @Test("an overlay's address is shown once; what it cannot show is named; it is listed and revoked", .onDatabase)
    func overlay() async throws {
        try await TestInstallation.with { installation in
            #expect(await installation.call(["overlay", "list"]).output == "there is no overlay yet\n")
            let missing = await installation.call(["overlay", "create", "melon", "--name", "x"])
            #expect(missing.status == .failure && missing.error.contains("there is no SKU 'melon' to show"))
            for command in [
                ["owner", "add", "yimaqiao", "--name", "伊马乔", "--kind", "cooperative"],
                ["product", "add", "melon", "--owner", "yimaqiao", "--name", "甜瓜", "--unit", "piece"],
            ] {
                let call = await installation.call(command)
                try #require(call.status == .success, "\(call.error)")
            }
            let made = await installation.call(["overlay", "create", "melon", "--name", "一号直播间", "--json"])
            let prefix = try member("prefix", of: made.output)
            let page = try member("page", of: made.output)
            #expect(page.hasPrefix("http://127.0.0.1:8080/overlay#key=gaoqing.\(prefix)."))
            let listed = await installation.call(["overlay", "list"])
            #expect(listed.output.contains(prefix) && listed.output.contains("melon"))
            #expect(!listed.output.contains(page.suffix(32)))
            let revoked = await installation.call(["overlay", "revoke", prefix, "--json"])
            #expect(revoked.output.contains(#""state":"revoked""#))
        }
    }
}
