public import Postgres

/// How far a delivery has come.
public enum InboundState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// Nobody has heard of it.
    case absent
    /// 已预约: it is expected.
    case announced
    /// 已到货: it is being counted.
    case arrived
    /// 待检: it is counted, and nobody has released it.
    case received
    /// 待上架: it is sellable, and some of it stands where it was received.
    case released
    /// 已上架: it stands where it belongs.
    case stored
    /// 已取消: it did not come, or nothing of it was taken in.
    case cancelled
}

/// What happens to a delivery.
public enum InboundEvent: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 预约: its sender says that it will come.
    case announce
    /// 到货: it stands in the yard.
    case arrive
    /// 清点: some of it was counted, and taken in or rejected.
    case count
    /// 收完: no more of it comes.
    case finish
    /// 放行: its goods are found good.
    case release
    /// 上架: some of it is brought to where it belongs.
    case putAway = "put_away"
    /// 取消: it does not come, or is sent away.
    case cancel
    /// 撤销清点: a count was wrong, and is taken back.
    case retract
    /// 随更正: goods of it were corrected by hand, and its state follows them.
    case correct

    /// What people and programs say of a delivery; the others follow from what is done with its goods.
    public static let steps: [InboundEvent] = allCases.filter { $0 != .correct }
}

/// What an event makes of a delivery.
public enum InboundTransition: Hashable, Sendable {
    /// It gets this state.
    case becomes(InboundState)
    /// Some of it is counted; the state stays.
    case counts
    /// Its goods become sellable; it is stored at once when none of them waits to be put away.
    case releases
    /// It is received when some of it was taken in, else cancelled.
    case finishes
    /// It is cancelled unless some of it was taken in.
    case cancelsIfEmpty
    /// Some of it moves; it is stored when nothing is left where it was received. Where nothing waits, it is refused.
    case moves
    /// A count of it is taken back; it is being counted again.
    case retracts
    /// It is stored when nothing of it waits where it was received, else released.
    case follows
    /// It is so already.
    case unchanged
    /// The event is refused, for this reason.
    case refused(InboundRefusal)
}

/// Why a delivery stays as it is.
public enum InboundRefusal: Error, Hashable, Sendable {
    /// There is no such delivery.
    case unknown
    /// It has not arrived.
    case notArrived
    /// Its counting is over: what comes later is another delivery.
    case alreadyReceived(InboundState)
    /// Its counting is not over.
    case notReceived
    /// Nobody has released it.
    case notReleased
    /// All of it stands where it belongs.
    case alreadyStored
    /// It was cancelled.
    case cancelled
    /// Some of it was taken in: it is there.
    case hasGoods
    /// It was released: what was counted of it is a fact that orders rely on.
    case alreadyReleased
    /// Nothing was counted under this reference.
    case unknownCount(ReceiptReference)
    /// The count of this reference was taken back: what is counted again has another one.
    case takenBack(ReceiptReference)
    /// Only so much of a count stands as it was counted: the rest was corrected meanwhile.
    case corrected(standing: Int64)
    /// The count has as many pictures as one may have.
    case tooManyPictures(atMost: Int64)
    /// A delivery is counted in at most so many steps.
    case tooManyCounts(atMost: Int64)
    /// The reference of the count or put-away stands for something else.
    case otherUnderReference
    /// It is expected at another warehouse.
    case otherWarehouse(WarehouseCode)
    /// The lot is none of this delivery's.
    case foreignLot(ID<Lot>)
    /// The goods are brought to where they stand already.
    case sameLocation
    /// The location is for receiving: goods are put away to one for storage.
    case notForStorage(LocationCode)
    /// Not so much of the lot stands where it was received.
    case notThere(onHand: Int64)
    /// The location takes only so much more.
    case full(LocationCode, free: Int64)
    /// Goods of it have expired: they are taken out first.
    case expired(on: CalendarDate, today: CalendarDate)
}

extension InboundState {
    /// The table of deliveries: what the event makes of one in this state.
    public func after(_ event: InboundEvent) -> InboundTransition {
        switch (event, self) {
        case (.announce, .absent): .becomes(.announced)
        case (.announce, .announced), (.announce, .arrived), (.announce, .received), (.announce, .released),
            (.announce, .stored), (.announce, .cancelled):
            .unchanged

        // What comes without having been announced is taken in all the same.
        case (.arrive, .absent), (.arrive, .announced): .becomes(.arrived)
        case (.arrive, .arrived), (.arrive, .received), (.arrive, .released), (.arrive, .stored): .unchanged

        case (.count, .announced): .refused(.notArrived)
        case (.count, .arrived): .counts
        case (.count, .received), (.count, .released), (.count, .stored): .refused(.alreadyReceived(self))

        case (.finish, .announced): .refused(.notArrived)
        case (.finish, .arrived): .finishes
        case (.finish, .received), (.finish, .released), (.finish, .stored): .unchanged

        case (.release, .announced), (.release, .arrived): .refused(.notReceived)
        case (.release, .received): .releases
        case (.release, .released), (.release, .stored): .unchanged

        case (.putAway, .announced), (.putAway, .arrived): .refused(.notReceived)
        case (.putAway, .received): .refused(.notReleased)
        case (.putAway, .released), (.putAway, .stored): .moves

        case (.cancel, .announced): .becomes(.cancelled)
        case (.cancel, .arrived), (.cancel, .received): .cancelsIfEmpty
        case (.cancel, .released), (.cancel, .stored): .refused(.alreadyReleased)
        case (.cancel, .cancelled): .unchanged

        case (.retract, .announced): .refused(.notArrived)
        case (.retract, .arrived), (.retract, .received): .retracts
        case (.retract, .released), (.retract, .stored): .refused(.alreadyReleased)

        // Before the release, a correction changes how much of it is good, and not how far it has come.
        case (.correct, .announced), (.correct, .arrived), (.correct, .received), (.correct, .cancelled): .unchanged
        case (.correct, .released), (.correct, .stored): .follows

        case (.count, .absent), (.finish, .absent), (.release, .absent), (.putAway, .absent), (.cancel, .absent),
            (.retract, .absent), (.correct, .absent):
            .refused(.unknown)
        case (.arrive, .cancelled), (.count, .cancelled), (.finish, .cancelled), (.release, .cancelled),
            (.putAway, .cancelled), (.retract, .cancelled):
            .refused(.cancelled)
        }
    }
}

extension InboundRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknown: "there is no such delivery"
        case .notArrived: "the delivery has not arrived yet"
        case .alreadyReceived(let state):
            "the delivery is \(state.rawValue): what comes later is another delivery"
        case .notReceived: "the delivery is not counted to its end yet"
        case .notReleased: "the delivery is not released yet"
        case .alreadyStored: "all of the delivery is put away already"
        case .cancelled: "the delivery was cancelled"
        case .hasGoods: "some of the delivery was taken in: take its counts back before it is cancelled"
        case .alreadyReleased: "the delivery was released: what is wrong with its goods is corrected in the stock"
        case .unknownCount(let reference): "nothing was counted of the delivery as \(reference.rawValue)"
        case .takenBack(let reference):
            "the count \(reference.rawValue) was taken back: what is counted again has another reference"
        case .corrected(let standing): "only \(standing) of the count stand as they were counted"
        case .tooManyPictures(let most): "the count has \(most) pictures already, which are the most"
        case .tooManyCounts(let most): "a delivery has at most \(most) counts: the rest is another delivery"
        case .otherUnderReference: "the reference stands for another count or put-away of this delivery"
        case .otherWarehouse(let code): "the delivery is expected at the warehouse \(code)"
        case .foreignLot(let lot): "the lot \(lot) is none of this delivery"
        case .sameLocation: "the goods stand there already"
        case .notForStorage(let code): "the location \(code) is for receiving: put away to one for storage"
        case .notThere(let onHand): "not so much of the lot stands where it was received: \(onHand)"
        case .full(let code, let free): "the location \(code) takes only \(free) more"
        case .expired(let last, let today): "goods of the delivery were good until \(last), and today is \(today)"
        }
    }
}
