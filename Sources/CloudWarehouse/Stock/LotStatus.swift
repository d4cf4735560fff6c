public import Postgres

/// Whether a lot's goods may be sold.
public enum LotStatus: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 待放行: nobody has released it yet.
    case pending
    /// 已放行: it may be sold.
    case released
    /// 临期: too little of its life remains.
    case shortLife = "short_life"
    /// 冻结: quarantined or recalled.
    case blocked
}

/// In what state goods are: a quality of what stands somewhere, not of the lot as a whole.
public enum Quality: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 良品
    case good
    /// 待检: set aside until somebody has looked.
    case held
    /// 残损
    case damaged
}
