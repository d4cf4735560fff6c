import CloudWarehouse
import Testing

@testable import yuncang

@Suite("Keys for recipients, from the environment")
struct RecipientKeysTests {
    @Test("no variable means no keys; a file that is missing or holds none is a failure that quotes nothing of it")
    func reading() throws {
        let none = try RecipientKeys(in: Environment([:]))
        #expect(none == nil)
        for path in ["/nowhere/keys", "/dev/null", "/etc/passwd"] {
            #expect {
                try RecipientKeys(in: Environment(["YUNCANG_RECIPIENT_KEYS": path]))
            } throws: { error in
                guard let failure = error as? CommandFailure, let why = failure.why else { return false }
                return failure.status == .configuration && failure.what.en.contains(path) && !why.en.contains("root")
            }
        }
    }

    @Test("serve does not start with keys that cannot be used")
    func serving() async {
        let call = await Call.make(
            ["serve", "--listen", "127.0.0.1:0"], of: Yuncang.self,
            environment: [
                "YUNCANG_DATABASE_URL": "postgresql://127.0.0.1:1/none", "YUNCANG_RECIPIENT_KEYS": "/nowhere/keys",
            ])
        #expect(call.status == .configuration)
        #expect(call.error.contains("/nowhere/keys"))
    }
}
