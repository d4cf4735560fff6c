public import Postgres

/// By what one pool comes before another, where several could serve an order.
public enum SourcingCriterion: String, CaseIterable, Hashable, Sendable {
    /// 配额: the one that is the furthest behind its share.
    case quota
    /// 轮流: the one that was served the longest time ago.
    case rotation
    /// 先到期先出: the one whose goods expire first; what keeps for ever comes last.
    case earliestExpiry = "earliest_expiry"
    /// 就近: the one whose warehouse is the nearest to the recipient's region, by the delivery zones.
    case nearest
}

/// Criteria in order, each once: the first that tells two pools apart decides.
public struct SourcingCriteria: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// Criteria like any others.
    public static var sample: SourcingCriteria { SourcingCriteria(unchecked: [.quota]) }

    /// In order, at least one.
    public let all: [SourcingCriterion]

    /// As it is stored: `nearest+quota`.
    public var rawValue: String { all.map(\.rawValue).joined(separator: "+") }

    /// Takes criteria, or nothing when there is none or one is there twice.
    public init?(_ criteria: [SourcingCriterion]) {
        guard !criteria.isEmpty, Set(criteria).count == criteria.count else { return nil }
        self.init(unchecked: criteria)
    }

    /// Takes what is stored, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        let words = rawValue.split(separator: "+", omittingEmptySubsequences: false)
        let criteria = words.compactMap { SourcingCriterion(rawValue: String($0)) }
        guard criteria.count == words.count else { return nil }
        self.init(criteria)
    }

    private init(unchecked criteria: [SourcingCriterion]) {
        all = criteria
    }

    /// Whether a choice by them depends on earlier choices.
    var countsChoices: Bool { all.contains(.quota) || all.contains(.rotation) }
}
