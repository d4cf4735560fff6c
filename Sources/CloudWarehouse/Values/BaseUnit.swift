public import Postgres

/// What a SKU is counted in, for ever.
public enum BaseUnit: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 件: a box, a bag, a bunch, whatever is sold by the piece.
    case piece
    /// 克: weighed goods; a jin (斤) is 500.
    case gram
}
