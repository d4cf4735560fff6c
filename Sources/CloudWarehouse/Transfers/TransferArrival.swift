public import Postgres

/// Why goods of a transfer do not arrive as they left.
public enum TransferLossReason: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 破损
    case broken
    /// 变质
    case spoiled
    /// 短少
    case missing
    /// 被盗
    case stolen
    /// 其他
    case other
}

/// Goods of one lot that have come, or that are known not to come any more.
public struct TransferArrival: Hashable, Sendable {
    /// How much of it has become what, in base units.
    public struct Count: Hashable, Sendable {
        /// It is as it left.
        public var received = Quantity.zero
        /// It is there, and may not be sold.
        public var damaged = Quantity.zero
        /// It does not come.
        public var lost = Quantity.zero

        /// A count with these numbers.
        public init(received: Quantity = .zero, damaged: Quantity = .zero, lost: Quantity = .zero) {
            self.received = received
            self.damaged = damaged
            self.lost = lost
        }

        /// All of it.
        var total: Int64 { received.rawValue + damaged.rawValue + lost.rawValue }
    }

    /// Why something is damaged or lost, and who answers for it.
    public struct Loss: Hashable, Sendable {
        /// Why.
        public var reason: TransferLossReason
        /// Who: a driver, a carrier.
        public var answerable: PlainWords

        /// A loss with these fields.
        public init(reason: TransferLossReason, answerable: PlainWords) {
            self.reason = reason
            self.answerable = answerable
        }
    }

    /// What it is known by within its transfer: sent again, it counts once.
    public let reference: ReceiptReference
    /// Goods of which lot.
    public let lot: ID<Lot>
    /// In what state they left.
    public let quality: Quality
    /// How much has become what.
    public let count: Count
    /// Where what has come stands now; nil where all is lost.
    public let location: LocationCode?
    /// Why something is damaged or lost; nil where nothing is.
    public let loss: Loss?

    /// Takes an arrival, or says what is wrong with it.
    public init(
        reference: ReceiptReference, lot: ID<Lot>, quality: Quality = .good, count: Count, location: LocationCode?,
        loss: Loss? = nil
    ) throws(InvalidValue) {
        guard count.total > 0 else { throw .emptyArrival }
        guard quality != .damaged || count.damaged == .zero else { throw .damagedTwice }
        guard (count.damaged > .zero || count.lost > .zero) == (loss != nil) else { throw .unnamedLoss }
        guard (count.received > .zero || count.damaged > .zero) == (location != nil) else { throw .arrivalPlace }
        self.reference = reference
        self.lot = lot
        self.quality = quality
        self.count = count
        self.location = location
        self.loss = loss
    }

    /// By which a repetition is told from another arrival.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("transfer arrival")
            transcript.append(lot.description)
            transcript.append(quality.rawValue)
            transcript.append(count.received.rawValue)
            transcript.append(count.damaged.rawValue)
            transcript.append(count.lost.rawValue)
            transcript.append(location) { $0.append($1.rawValue) }
            transcript.append(loss?.reason) { $0.append($1.rawValue) }
            transcript.append(loss?.answerable) { $0.append($1.rawValue) }
        }
    }
}
