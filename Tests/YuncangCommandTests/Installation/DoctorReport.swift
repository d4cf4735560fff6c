import FoundationEssentials
import Testing

@testable import yuncang

/// What `doctor --json` said.
struct DoctorReport {
    struct Entry: Decodable {
        struct Step: Decodable { let command: String }

        let check: String
        let verdict: String
        let found: String
        let remedy: String?
        let next: [Step]
    }

    let status: yuncang.ExitStatus
    let entries: [Entry]

    /// Reads a call's output, and looks that every warning and problem comes with a remedy.
    init(_ call: Call) throws {
        #expect(call.error.isEmpty)
        status = call.status
        entries = try JSONDecoder().decode([Entry].self, from: Data(call.output.utf8))
        for entry in entries {
            let isBad = entry.verdict == "warning" || entry.verdict == "problem"
            #expect(isBad == (entry.remedy != nil), "\(entry)")
        }
        #expect(status == (entries.contains { $0.verdict == "problem" } ? .differences : .success))
    }

    /// The entries about one check; all of them when there are several.
    func about(_ check: Check) -> [Entry] {
        entries.filter { $0.check == check.rawValue }
    }

    /// The checks that are not as they should be. How many files may be open depends on who runs the tests.
    var troubles: [String] {
        entries.filter { $0.verdict != "ok" && $0.check != Check.openFiles.rawValue }.map {
            "\($0.check) \($0.verdict)"
        }
    }
}

extension PrivateInstallation {
    /// Asks the doctor, whose answer for people must be there in both languages too.
    func doctor(_ arguments: String..., with changes: [String: String] = [:]) async throws -> DoctorReport {
        let environment = environment.merging(changes) { $1 }
        // Port 0 is free always; a later --listen wins.
        let words = ["doctor", "--listen", "127.0.0.1:0"] + arguments
        let call = await Call.make(words + ["--json"], of: Yuncang.self, environment: environment)
        #expect(!call.output.contains(Self.secret))
        return try DoctorReport(call)
    }
}
