import ArgumentParser
import Testing

@testable import yuncang

@Suite("Passwords")
struct RedactionTests {
    @Test(
        "a password is hidden wherever libpq would read one",
        arguments: [
            ("postgres://u:pw@h/d", "postgres://u:***@h/d"),
            ("postgresql://u:p/w@h:5432/d", "postgresql://u:***@h:5432/d"),
            ("postgres://u:a@b@h/d", "postgres://u:***@h/d"), ("postgres://u@h/d", "postgres://u@h/d"),
            ("postgres://h:5432/d?application_name=a@b", "postgres://h:5432/d?application_name=a@b"),
            ("postgres:///d?user=u&password=pw&host=h", "postgres:///d?user=u&password=***&host=h"),
            ("host=h password=pw user=u", "host=h password=*** user=u"), ("password = 'a \\' b' x", "password = *** x"),
            ("PGPASSWORD=pw yuncang", "PGPASSWORD=*** yuncang"), ("sslpassword=pw", "sslpassword=***"),
            ("two: postgres://a:b@c and http://d:e@f/", "two: postgres://a:***@c and http://d:***@f/"),
            ("wrong password", "wrong password"), ("password=", "password="), ("no scheme a:b@c", "no scheme a:b@c"),
            ("password='open", "password=***"),
        ])
    func redacted(text: String, expected: String) {
        #expect(Redaction.redacted(text) == expected)
        #expect(Redaction.redacted(expected) == expected)
    }

    @Test("a location never shows its password, neither printed nor dumped")
    func location() {
        let location = DatabaseLocation(connectionString: "postgres://u:geheim@h/d", source: .environment(.databaseURL))
        var dumped = ""
        dump(location, to: &dumped)
        for shown in ["\(location)", String(reflecting: location), dumped] {
            #expect(shown.contains("postgres://u:***@h/d"))
            #expect(!shown.contains("geheim"))
        }
    }

    @Test("a password among the arguments is refused without repeating it")
    func refused() async {
        let call = await Call.make(["stock", "show", "--database", "postgres://u:geheim@h/d"])
        #expect(call.status == .usage)
        #expect(call.output.isEmpty)
        #expect(call.error.contains("YUNCANG_DATABASE_URL"))
        #expect(!call.error.contains("geheim"))
    }

    @Test(
        "the option goes before the variable, the variable before libpq's own",
        arguments: [
            (
                ["--database", "postgres://o"], ["YUNCANG_DATABASE_URL": "postgres://e"], "postgres://o",
                DatabaseLocation.Source.option
            ),
            ([], ["YUNCANG_DATABASE_URL": "postgres://u:p@e"], "postgres://u:p@e", .environment(.databaseURL)),
            ([], ["YUNCANG_DATABASE_URL": ""], "", .libpq), ([], [:], "", .libpq),
        ])
    func precedence(
        arguments: [String], environment: [String: String], expected: String, source: DatabaseLocation.Source
    ) throws {
        let options = try DatabaseOptions.parse(arguments)
        let location = try options.location(in: Environment(environment))
        #expect(location.connectionString == expected)
        #expect(location.source == source)
    }
}
