public import Postgres

/// Counting what stands somewhere (盘点).
public enum StockCount {}

/// What is to be done with a count, which is known by the reference on its paper.
public enum StockCountTask: Hashable, Sendable {
    /// It is to be counted.
    case plan(StockCountPlan)
    /// Something was counted.
    case count(StockCountEntry)
    /// Something is missing, for a reason.
    case explain(StockCountExplanation)
    /// All of it is counted.
    case finish
    /// The differences are right.
    case approve
    /// Nothing comes of it.
    case cancel

    /// What happens to the count by it.
    var event: StockCountEvent {
        switch self {
        case .plan: .plan
        case .count: .count
        case .explain: .explain
        case .finish: .finish
        case .approve: .approve
        case .cancel: .cancel
        }
    }

    /// What a step that may happen several times is known by.
    var identity: (reference: ReceiptReference, fingerprint: Fingerprint)? {
        switch self {
        case .count(let entry): (entry.reference, entry.fingerprint)
        case .explain(let explanation): (explanation.reference, explanation.fingerprint)
        case .plan, .finish, .approve, .cancel: nil
        }
    }
}

/// What is to be counted, and how.
public struct StockCountPlan: Hashable, Sendable {
    /// One thing in a warehouse.
    public enum Scope: Hashable, Sendable {
        /// Everything at a location.
        case location(LocationCode)
        /// A SKU, wherever it stands in the warehouse.
        case sku(SKUCode)
    }

    /// In which warehouse.
    public var warehouse: WarehouseCode
    /// What of it.
    public var scope: Scope
    /// Whether nobody sees what is expected before the counting is over.
    public var isBlind: Bool
    /// A difference beyond so many basis points of what is expected is counted once more.
    public var tolerance: BasisPoints

    /// A plan with these fields; blind, and counted again beyond 2%, unless more is said.
    public init(
        warehouse: WarehouseCode, scope: Scope, isBlind: Bool = true, tolerance: BasisPoints = .twoPercent
    ) {
        self.warehouse = warehouse
        self.scope = scope
        self.isBlind = isBlind
        self.tolerance = tolerance
    }

    /// By which a repetition is told from another plan.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("stock count")
            transcript.append(warehouse.rawValue)
            switch scope {
            case .location(let code): transcript.append("location " + code.rawValue)
            case .sku(let code): transcript.append("sku " + code.rawValue)
            }
            transcript.append(isBlind ? 1 : 0)
            transcript.append(Int64(tolerance.rawValue))
        }
    }
}

/// Ten-thousandths of something, from 0 to 10,000.
public struct BasisPoints: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// A share like any other.
    public static var sample: BasisPoints { twoPercent }
    /// 2%
    public static let twoPercent = BasisPoints(unchecked: 200)

    /// How many.
    public let rawValue: Int32

    /// Takes the number, or nothing when it breaks the rule.
    public init?(rawValue: Int32) {
        guard (0...10_000).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Whether a difference from what is expected is beyond this share of it.
    func isExceeded(expected: Int64, counted: Int64) -> Bool {
        let (whole, part) = expected.quotientAndRemainder(dividingBy: 10_000)
        let allowed = whole * Int64(rawValue) + part * Int64(rawValue) / 10_000
        return abs(counted - expected) > allowed
    }
}

/// Goods of one lot and quality at one location.
public struct CountedPlace: Hashable, Sendable {
    /// Goods of which lot.
    public var lot: ID<Lot>
    /// Where.
    public var location: LocationCode
    /// In what state.
    public var quality: Quality

    /// Goods with these fields.
    public init(lot: ID<Lot>, location: LocationCode, quality: Quality = .good) {
        self.lot = lot
        self.location = location
        self.quality = quality
    }

    func append(to transcript: inout Fingerprint.Transcript) {
        transcript.append(lot.description)
        transcript.append(location.rawValue)
        transcript.append(quality.rawValue)
    }
}

/// What was counted at one time.
public struct StockCountEntry: Hashable, Sendable {
    /// What it is known by within its count: sent again, it counts once.
    public var reference: ReceiptReference
    /// What was counted.
    public var place: CountedPlace
    /// How much is there; nothing is allowed.
    public var counted: Quantity

    /// An entry with these fields.
    public init(reference: ReceiptReference, place: CountedPlace, counted: Quantity) {
        self.reference = reference
        self.place = place
        self.counted = counted
    }

    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("stock count entry")
            place.append(to: &transcript)
            transcript.append(counted.rawValue)
        }
    }
}

/// Why goods are missing where they were counted.
public enum ShrinkageReason: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 变质
    case spoiled
    /// 失水减重
    case dried
    /// 被盗
    case stolen
    /// 错放
    case misplaced
    /// 记错
    case misrecorded
    /// 不明
    case unknown
}

/// Why something is missing, and who answers for it.
public struct StockCountExplanation: Hashable, Sendable {
    /// What it is known by within its count: sent again, it is taken once.
    public var reference: ReceiptReference
    /// Of what something is missing.
    public var place: CountedPlace
    /// Why.
    public var reason: ShrinkageReason
    /// Who answers for it.
    public var answerable: PlainWords

    /// An explanation with these fields.
    public init(
        reference: ReceiptReference, place: CountedPlace, reason: ShrinkageReason, answerable: PlainWords
    ) {
        self.reference = reference
        self.place = place
        self.reason = reason
        self.answerable = answerable
    }

    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("stock count explanation")
            place.append(to: &transcript)
            transcript.append(reason.rawValue)
            transcript.append(answerable.rawValue)
        }
    }
}

/// What has become of a count.
public struct StockCountProgress: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<StockCount>
    /// How far it has come.
    public let state: StockCountState
    /// Whether what was counted has to be counted once more; the number that was expected is not told by it.
    public var needsRecount = false
    /// Whether it had been done before, so that nothing was changed now.
    public var isRepeated = false

    /// What has become of a count, by a step that was taken now unless more is said.
    public init(id: ID<StockCount>, state: StockCountState, needsRecount: Bool = false, isRepeated: Bool = false) {
        self.id = id
        self.state = state
        self.needsRecount = needsRecount
        self.isRepeated = isRepeated
    }
}
