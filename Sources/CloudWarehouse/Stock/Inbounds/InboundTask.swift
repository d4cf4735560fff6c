public import Postgres

/// What is to be done with a delivery, which is known by the reference on its paper.
public enum InboundTask: Hashable, Sendable {
    /// It will come to this warehouse, with these goods.
    case announce(at: WarehouseCode, [ExpectedGoods])
    /// It has come to this warehouse, announced or not.
    case arrive(at: WarehouseCode)
    /// Some of it was counted.
    case count(InboundCount)
    /// No more of it comes.
    case finish
    /// Its goods are good: they become sellable.
    case release
    /// Some of it is brought to where it belongs.
    case putAway(PutAway)
    /// It does not come, or is sent away.
    case cancel
    /// A count of it was wrong, and is taken back.
    case retract(InboundRetraction)

    /// What happens to the delivery by it.
    var event: InboundEvent {
        switch self {
        case .announce: .announce
        case .arrive: .arrive
        case .count: .count
        case .finish: .finish
        case .release: .release
        case .putAway: .putAway
        case .cancel: .cancel
        case .retract: .retract
        }
    }
}

/// Goods that are expected.
public struct ExpectedGoods: Hashable, Sendable {
    /// What comes.
    public var sku: SKUCode
    /// Whose it is.
    public var owner: OwnerCode
    /// How much, in the SKU's base unit; more than nothing.
    public var quantity: Quantity

    /// Goods with these fields.
    public init(sku: SKUCode, owner: OwnerCode, quantity: Quantity) {
        self.sku = sku
        self.owner = owner
        self.quantity = quantity
    }
}

/// Why goods are not taken in.
public enum RejectionReason: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 破损
    case damaged
    /// 变质
    case spoiled
    /// 错货
    case wrongGoods = "wrong_goods"
    /// 超量
    case surplus
    /// 无合格证
    case noCertificate = "no_certificate"
    /// 其他
    case other
}

/// What was counted at one time: of one SKU and owner, announced or not.
public struct InboundCount: Hashable, Sendable {
    /// What is not taken in, and what is known of the goods.
    public struct Findings: Hashable, Sendable {
        /// How much is not taken in, in the SKU's base unit.
        public var rejected = Quantity.zero
        /// Why not; given when something is rejected, and only then.
        public var reason: RejectionReason?
        /// What the goods that are taken in weigh, in grams.
        public var weighedGrams: Quantity?
        /// The number of their certificate.
        public var certificate: PlainWords?
        /// Where a picture of them is to be found.
        public var picture: PlainWords?

        /// Nothing is rejected, and nothing more is known.
        public init() {}
    }

    /// What this count is known by within its delivery: sent again, it counts once.
    public let reference: ReceiptReference
    /// Where it stands now.
    public let location: LocationCode
    /// What it is, and how much of it is taken in: it becomes a lot. Nothing of it, when all was rejected.
    public let goods: Receipt.Line
    /// The rest.
    public let findings: Findings

    /// Takes a count, or says what is wrong with it.
    public init(
        reference: ReceiptReference, location: LocationCode, goods: Receipt.Line, findings: Findings = Findings()
    ) throws(InvalidValue) {
        guard goods.quantity > .zero || findings.rejected > .zero else { throw .emptyDeliveryLine(1) }
        guard (findings.rejected > .zero) == (findings.reason != nil) else { throw .rejection }
        if let harvested = goods.harvestedOn, let expires = goods.expiresOn, expires < harvested {
            throw .expiresBeforeHarvest(line: 1)
        }
        self.reference = reference
        self.location = location
        self.goods = goods
        self.findings = findings
        // A weight of nothing is none.
        guard findings.weighedGrams != .zero else { throw .quantity }
    }

    /// By which a repetition is told from another count.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("count")
            transcript.append(location.rawValue)
            transcript.append(goods.sku.rawValue)
            transcript.append(goods.owner.rawValue)
            transcript.append(goods.quantity.rawValue)
            transcript.append(goods.harvestedOn) { $0.append(Int64($1.daysSince1970)) }
            transcript.append(goods.expiresOn) { $0.append(Int64($1.daysSince1970)) }
            transcript.append(goods.grade) { $0.append($1.rawValue) }
            transcript.append(findings.rejected.rawValue)
            transcript.append(findings.reason) { $0.append($1.rawValue) }
            transcript.append(findings.weighedGrams) { $0.append($1.rawValue) }
            transcript.append(findings.certificate) { $0.append($1.rawValue) }
            transcript.append(findings.picture) { $0.append($1.rawValue) }
        }
    }
}

/// Goods of a lot that are brought from where they were received to where they belong.
public struct PutAway: Hashable, Sendable {
    /// What it is known by within its delivery: sent again, it moves once.
    public var reference: ReceiptReference
    /// Goods of which lot.
    public var lot: ID<Lot>
    /// Where they are brought.
    public var location: LocationCode
    /// How much; nil for all that stands there in this state.
    public var quantity: Quantity?
    /// In what state the goods are, and stay: what is set aside or damaged is brought away too.
    public var quality = Quality.good
    /// Whether the location may get more than it is said to take.
    public var isOver = false

    /// A put-away with these fields.
    public init(
        reference: ReceiptReference, lot: ID<Lot>, location: LocationCode, quantity: Quantity? = nil,
        quality: Quality = .good, isOver: Bool = false
    ) {
        self.reference = reference
        self.lot = lot
        self.location = location
        self.quantity = quantity
        self.quality = quality
        self.isOver = isOver
    }

    /// By which a repetition is told from another put-away.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("put away")
            transcript.append(lot.description)
            transcript.append(location.rawValue)
            transcript.append(quantity) { $0.append($1.rawValue) }
            // Those of good goods are the ones that there were first.
            if quality != .good { transcript.append(quality.rawValue) }
        }
    }
}

/// A few words without control characters, 1 to 128 of them: a certificate's number, a picture's name.
public struct PlainWords: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// Words like any others.
    public static var sample: PlainWords { PlainWords(unchecked: "sample") }

    /// The words as they were given.
    public let rawValue: String

    /// Takes the words, or nothing when they break the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 128) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

/// What has become of a delivery.
public struct InboundProgress: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Inbound>
    /// How far it has come.
    public let state: InboundState
    /// The lot that a count has become; nil for anything else.
    public var lot: ID<Lot>?
    /// Whether it had been done before, so that nothing was changed now.
    public var isRepeated = false

    /// What has become of a delivery, by a step that was taken now unless more is said.
    public init(id: ID<Inbound>, state: InboundState, lot: ID<Lot>? = nil, isRepeated: Bool = false) {
        self.id = id
        self.state = state
        self.lot = lot
        self.isRepeated = isRepeated
    }
}
