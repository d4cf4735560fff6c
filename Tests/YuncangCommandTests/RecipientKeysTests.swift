import CloudWarehouse
import FoundationEssentials
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

    @Test("doctor says whether the keys can be used, and by whom they can be read")
    func examined() throws {
        func diagnosis(_ path: String?) -> Diagnosis {
            RecipientKeysCheck(environment: Environment(["YUNCANG_RECIPIENT_KEYS": path ?? ""])).diagnosis
        }
        #expect(diagnosis(nil).verdict == .ok && diagnosis(nil).found.en.hasPrefix("none"))
        let path = "/tmp/yuncang-keys-\(UUID().uuidString)"
        try Data("2026-11:\(Data(repeating: 7, count: 32).base64EncodedString())".utf8).write(to: URL(filePath: path))
        for (mode, verdict) in [(0o600, Diagnosis.Verdict.ok), (0o400, .ok), (0o640, .problem), (0o604, .problem)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(diagnosis(path).verdict == verdict)
            #expect(diagnosis(path).remedy?.en.contains("chmod 600") == (verdict == .problem ? true : nil))
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(diagnosis(path).verdict == .problem)
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
