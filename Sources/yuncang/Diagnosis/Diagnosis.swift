internal import CloudWarehouse

/// One thing that was looked at, what was found, and what to do about it.
struct Diagnosis: Sendable, Equatable {
    /// How good or bad it is.
    enum Verdict: String, Sendable, CaseIterable {
        /// As it should be.
        case ok
        /// It works, and something is worth a look.
        case warning
        /// Something does not work, or data is at risk.
        case problem
        /// What it stands on does not work.
        case notExamined = "not_examined"
    }

    /// What was looked at.
    let check: Check
    /// How good or bad it is.
    let verdict: Verdict
    /// The facts, without a full stop.
    let found: Text
    /// What the person can do about it; there is one for every warning and problem.
    var remedy: Text?
    /// Commands that help.
    var next: [NextStep] = []

    /// A diagnosis with these fields.
    init(_ check: Check, _ verdict: Verdict, found: Text, remedy: Text? = nil, next: [NextStep] = []) {
        self.check = check
        self.verdict = verdict
        self.found = found
        self.remedy = remedy
        self.next = next
    }

    /// A failure as what was found.
    init(_ check: Check, _ failure: CommandFailure, verdict: Verdict = .problem) {
        let reason = failure.why
        self.init(
            check, verdict,
            found: Text(
                en: failure.what.en + (reason.map { ": \($0.en)" } ?? ""),
                zh: failure.what.zh + (reason.map { "：\($0.zh)" } ?? "")),
            remedy: failure.remedy,
            // Who runs doctor need not be told to.
            next: failure.next.filter { $0 != .doctor })
    }

    /// What could not be looked at.
    static func notExamined(_ check: Check) -> Diagnosis {
        Diagnosis(check, .notExamined, found: Text(en: "not looked at", zh: "未检查"))
    }
}

extension Diagnosis.Verdict {
    /// What a finding's verdict is here.
    init(_ verdict: Finding.Verdict) {
        switch verdict {
        case .ok: self = .ok
        case .warning: self = .warning
        case .problem: self = .problem
        }
    }

    /// A sign, so that colour alone says nothing.
    var sign: String {
        switch self {
        case .ok: "✓"
        case .warning: "!"
        case .problem: "✗"
        case .notExamined: "-"
        }
    }

    /// The sign in a word.
    var word: Text {
        switch self {
        case .ok: Text(en: "ok", zh: "正常")
        case .warning: Text(en: "warning", zh: "注意")
        case .problem: Text(en: "problem", zh: "问题")
        case .notExamined: Text(en: "skipped", zh: "跳过")
        }
    }

    /// Its colour on a terminal.
    var role: Role {
        switch self {
        case .ok: .good
        case .warning: .warning
        case .problem: .bad
        case .notExamined: .quiet
        }
    }
}
