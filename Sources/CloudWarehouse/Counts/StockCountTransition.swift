public import Postgres

/// How far a count has come.
public enum StockCountState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// Nobody has planned it.
    case absent
    /// 已计划
    case planned
    /// 盘点中: something of it is counted.
    case counting
    /// 待审核: all of it is counted.
    case counted
    /// 已过账: its differences are in the ledger.
    case posted
    /// 已取消: nothing comes of it.
    case cancelled
}

/// What happens to a count.
public enum StockCountEvent: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 计划
    case plan
    /// 清点: goods of a lot at a location are counted, for the first time or again.
    case count
    /// 说明: why something is missing, and who answers for it.
    case explain
    /// 盘完
    case finish
    /// 审核: the differences are right, and are posted.
    case approve
    /// 取消
    case cancel
}

/// What an event makes of a count.
public enum StockCountTransition: Hashable, Sendable {
    /// It gets this state.
    case becomes(StockCountState)
    /// Something is counted.
    case counts
    /// Something that is missing is explained; the state stays.
    case explains
    /// It is counted, unless something stands there that nobody counted, or has to be counted once more.
    case finishes
    /// Its differences become rows of the ledger.
    case posts
    /// It is so already.
    case unchanged
    /// The event is refused, for this reason.
    case refused(StockCountRefusal)
}

/// Why a count stays as it is. A refused step leaves no row.
public enum StockCountRefusal: Error, Hashable, Sendable {
    /// There is no such count.
    case unknown
    /// Another count was planned under this reference.
    case otherCountUnderReference
    /// Its counting is not over.
    case notCounted
    /// Its counting is over: what is to be counted again is another count.
    case alreadyCounted
    /// Its differences are in the ledger.
    case posted
    /// It was cancelled.
    case cancelled
    /// The reference of the entry stands for something else.
    case otherUnderReference
    /// The lot or location is none of what is to be counted.
    case outOfScope
    /// A count has at most so many lines.
    case tooManyLines(atMost: Int64)
    /// So many lots stand in what is to be counted; a count has at most so many lines.
    case tooManyLots(standing: Int64, atMost: Int64)
    /// These goods are being counted in another count, which is neither posted nor cancelled yet.
    case countedElsewhere(ReceiptReference)
    /// These goods were corrected by hand after they were counted: what is missing may be in the ledger already.
    case adjustedSince(CountedPlace)
    /// Nobody has counted these goods in this count.
    case notInCount
    /// So many lots stand there that nobody has counted.
    case uncounted(lots: Int64)
    /// So many lines differ beyond the tolerance, and were counted once only.
    case needsRecount(lines: Int64)
    /// Of so many lines something is missing, and nobody has said why.
    case unexplained(lines: Int64)
}

extension StockCountState {
    /// The table of counts: what the event makes of one in this state.
    public func after(_ event: StockCountEvent) -> StockCountTransition {
        switch (event, self) {
        case (.plan, .absent): .becomes(.planned)
        case (.plan, .planned), (.plan, .counting), (.plan, .counted), (.plan, .posted), (.plan, .cancelled):
            .unchanged

        case (.count, .planned), (.count, .counting): .counts
        case (.count, .counted): .refused(.alreadyCounted)

        case (.explain, .planned): .refused(.notInCount)
        case (.explain, .counting), (.explain, .counted): .explains

        // Where nothing stands, nothing has to be counted.
        case (.finish, .planned), (.finish, .counting): .finishes
        case (.finish, .counted), (.finish, .posted): .unchanged

        case (.approve, .planned), (.approve, .counting): .refused(.notCounted)
        case (.approve, .counted): .posts
        case (.approve, .posted): .unchanged

        case (.cancel, .planned), (.cancel, .counting), (.cancel, .counted): .becomes(.cancelled)
        case (.cancel, .cancelled): .unchanged

        case (.count, .posted), (.explain, .posted), (.cancel, .posted): .refused(.posted)
        case (.count, .absent), (.explain, .absent), (.finish, .absent), (.approve, .absent), (.cancel, .absent):
            .refused(.unknown)
        case (.count, .cancelled), (.explain, .cancelled), (.finish, .cancelled), (.approve, .cancelled):
            .refused(.cancelled)
        }
    }
}

extension StockCountRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknown: "there is no such count"
        case .otherCountUnderReference: "another count was planned under this reference"
        case .notCounted: "the counting is not over yet"
        case .alreadyCounted: "the counting is over: what is to be counted again is another count"
        case .posted: "the differences of the count are in the ledger already"
        case .cancelled: "the count was cancelled"
        case .otherUnderReference: "the reference stands for another entry of this count"
        case .outOfScope: "the goods are none of what is to be counted"
        case .tooManyLines(let most): "a count has at most \(most) lines"
        case .tooManyLots(let lots, let most):
            "\(lots) lots stand there, and a count has at most \(most) lines: count it in parts"
        case .countedElsewhere(let reference):
            "the goods are in the count \(reference.rawValue), which has to be approved or cancelled first"
        case .adjustedSince(let place):
            "the goods of the lot \(place.lot) at \(place.location) (\(place.quality.rawValue)) were corrected after they were counted: cancel the count, and count again"
        case .notInCount: "nobody has counted these goods in this count"
        case .uncounted(let lots): "lots that stand there and nobody has counted: \(lots)"
        case .needsRecount(let lines): "lines that differ beyond the tolerance and have to be counted again: \(lines)"
        case .unexplained(let lines): "lines of which something is missing, and nobody has said why: \(lines)"
        }
    }
}
