import Postgres

@testable import CloudWarehouse
@testable import yuncang

// One walk for each error: the case after a case, and the first one after none.

extension InvalidValue {
    static func after(_ value: InvalidValue?) -> InvalidValue? {
        switch value {
        case nil: .code
        case .code: .name
        case .name: .reference
        case .reference: .note
        case .note: .principal
        case .principal: .number(decimals: 3)
        case .number: .numberTooLarge
        case .numberTooLarge: .quantity
        case .quantity: .negativeQuantity
        case .negativeQuantity: .unknownUnit
        case .unknownUnit: .missingUnit
        case .missingUnit: .otherUnit(.gram)
        case .otherUnit(.gram): .otherUnit(.piece)
        case .otherUnit(.piece): .fraction(of: .gram)
        case .fraction(of: .gram): .fraction(of: .piece)
        case .fraction(of: .piece): .fen
        case .fen: .pricedQuantity
        case .pricedQuantity: .price
        case .price: .priceOfWeight
        case .priceOfWeight: .amountTooLarge
        case .amountTooLarge: .sumTooLarge
        case .sumTooLarge: .deliveryLines(atMost: 9)
        case .deliveryLines: .emptyDeliveryLine(2)
        case .emptyDeliveryLine: .expiresBeforeHarvest(line: 2)
        case .expiresBeforeHarvest: .rejection
        case .rejection: .emptyAdjustment
        case .emptyAdjustment: .sameQuality
        case .sameQuality: .transferLines(atMost: 9)
        case .transferLines: .emptyTransferLine(2)
        case .emptyTransferLine: .sameWarehouse
        case .sameWarehouse: .emptyPick
        case .emptyPick: .emptyArrival
        case .emptyArrival: .unnamedLoss
        case .unnamedLoss: .arrivalPlace
        case .arrivalPlace: .damagedTwice
        case .damagedTwice: .orderLines(atMost: 9)
        case .orderLines: .emptyOrderLine(2)
        case .emptyOrderLine: .holdTime
        case .holdTime: .holdOfPaidOrder
        case .holdOfPaidOrder: .shippingTimes
        case .shippingTimes: .repeatedLine(2)
        case .repeatedLine: .carrier
        case .carrier: .trackingNumber
        case .trackingNumber: .tokenOwner
        case .tokenOwner: .tokenSource
        case .tokenSource: .tokenDays(atMost: 9)
        case .tokenDays: .tokenExpiry
        case .tokenExpiry: .recipientKey
        case .recipientKey: .repeatedRecipientKey
        case .repeatedRecipientKey: .noRecipientKey
        case .noRecipientKey: .recipient(.name)
        case .recipient(.name): .recipient(.phone)
        case .recipient(.phone): .recipient(.region)
        case .recipient(.region): .recipient(.address)
        case .recipient(.address): .unitWord
        case .unitWord: .saleKind
        case .saleKind: .saleSign
        case .saleSign: .yesOrNo
        case .yesOrNo: .day
        case .day: .timeOfDay
        case .timeOfDay: .mapping
        case .mapping: .mappedStatus
        case .mappedStatus: .repeatedWord("待发货")
        case .repeatedWord: .statusWord
        case .statusWord: .yuan
        case .yuan: .zeroQuantity
        case .zeroQuantity: .mappingSize(atMost: 9)
        case .mappingSize: .mappedUnit
        case .mappedUnit: .repeatedUnit("筐")
        case .repeatedUnit: .inLine(4, .mapping)
        case .inLine: nil
        }
    }
}

extension CatalogProblem {
    static func after(_ problem: Self?) -> Self? {
        switch problem {
        case nil: .repeatedCode(.sample)
        case .repeatedCode: .listedByAnother(.sample)
        case .listedByAnother: .otherUnit(.sample, counted: .piece)
        case .otherUnit(_, .piece): .otherUnit(.sample, counted: .gram)
        case .otherUnit(_, .gram): nil
        }
    }
}

extension CatalogError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownOwner(.sample)
        case .unknownOwner: .unknownSKU(.sample)
        case .unknownSKU: .notASet(.itself)
        case .notASet: .limitOfNothing
        case .limitOfNothing: .codeTaken
        case .codeTaken: .tooManyEntries(maximum: 9)
        case .tooManyEntries: .refused([.listedByAnother(.sample), .otherUnit(.sample, counted: .gram)])
        case .refused: .notAsExpected
        case .notAsExpected: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension StockError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownWarehouse(.sample)
        case .unknownWarehouse: .unknownLocation(.sample, .sample)
        case .unknownLocation: .unknownZone(.sample, .sample)
        case .unknownZone: .closedLocation(.sample, .sample)
        case .closedLocation: .closedZone(.sample, .sample)
        case .closedZone: .locationInUse(.sample, .sample, lots: 2)
        case .locationInUse: .zoneInUse(.sample, .sample, locations: 2)
        case .zoneInUse: .unknownSKUs([.sample])
        case .unknownSKUs: .unknownOwners([.sample])
        case .unknownOwners: .sets([.sample])
        case .sets: .several([.unknownSKUs([.sample]), .unknownWarehouse(.sample)])
        case .several: .expired([ExpiredLine(number: 1, sku: .sample, expiredOn: .sample)], today: .sample)
        case .expired: .tooMuch(lines: [2])
        case .tooMuch: .codeTaken
        case .codeTaken: .otherDeliveryUnderReference
        case .otherDeliveryUnderReference: .inboundStays(.unknown)
        case .inboundStays: .loadingStays(.unknown)
        case .loadingStays: .transferStays(.unknown)
        case .transferStays: .countStays(.unknown)
        case .countStays: .notAdjusted(.otherUnderReference)
        case .notAdjusted: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension SetRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknownSet(.sample)
        case .unknownSet: .unknownComponents([.sample])
        case .unknownComponents: .itself
        case .itself: .repeated(.sample)
        case .repeated: .quantity(.sample)
        case .quantity: .tooMany(maximum: 9)
        case .tooMany: .nested([.sample])
        case .nested: .componentOf(.sample)
        case .componentOf: .hasGoods
        case .hasGoods: nil
        }
    }
}

extension SourcingError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownSKU(.sample)
        case .unknownSKU: .unknownWarehouse(.sample)
        case .unknownWarehouse: .unknownOwner(.sample)
        case .unknownOwner: .repeated("main/yimaqiao")
        case .repeated: .outOfRange("浙江省")
        case .outOfRange: .tooMany(maximum: 9)
        case .tooMany: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension AdjustmentRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknownLot(.sample)
        case .unknownLot: .unknownMovement(.sample)
        case .unknownMovement: .notThere(onHand: 3, unit: .piece)
        case .notThere: .tooMuch(onHand: 3, unit: .piece)
        case .tooMuch: .promised(available: 0, unit: .gram)
        case .promised: .expired(on: .sample, today: .sample)
        case .expired: .notReversible(.reversal)
        case .notReversible(.reversal): .notReversible(.shipment)
        case .notReversible: .otherUnderReference
        case .otherUnderReference: nil
        }
    }
}

extension OrderRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknownSKU(.sample)
        case .unknownSKU: .noPrice(.sample)
        case .noPrice: .amountTooLarge
        case .amountTooLarge: .soldOut([Shortage(sku: .sample, asked: 5, available: 3)])
        case .soldOut: .buyerNotNamed(.sample)
        case .buyerNotNamed: .overBuyerLimit(.sample, limit: 2, has: 1)
        case .overBuyerLimit: .otherOrderUnderReference
        case .otherOrderUnderReference: .unknownOrder
        case .unknownOrder: .stays(.notCancellable(.picked))
        case .stays: .otherRevision(3)
        case .otherRevision: .damaged
        case .damaged: .unknownLine(7)
        case .unknownLine: .moreThanOrdered(1, remaining: 2)
        case .moreThanOrdered: .nothingRemains
        case .nothingRemains: .tooManyLines
        case .tooManyLines: nil
        }
    }
}

extension OrderChangeRefusal {
    /// For an order in this state.
    static func after(_ refusal: Self?, in state: OrderState) -> Self? {
        switch refusal {
        case nil: .notCancellable(state)
        case .notCancellable: .sent(state)
        case .sent: .notPayable(state)
        case .notPayable: .notExpirable(state)
        case .notExpirable: .notClaimable(state)
        case .notClaimable: .notEditable(state)
        case .notEditable: nil
        }
    }
}

extension IntakeError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .refused(.amountTooLarge)
        case .refused: .recipientsNotConfigured
        case .recipientsNotConfigured: .busy(retryAfterSeconds: 1)
        case .busy: .closing
        case .closing: .outcomeUnknown
        case .outcomeUnknown: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension OrdersError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownOrder
        case .unknownOrder: .noRecipient
        case .noRecipient: .recipientErased(.sample)
        case .recipientErased: .recipientUnreadable(keyID: "2026-11")
        case .recipientUnreadable: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension TokenError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownOwner(.sample)
        case .unknownOwner: .unknownToken(.sample)
        case .unknownToken: .expiryNotAhead
        case .expiryNotAhead: .database(.commitOutcomeUnknown(cause: .connectionLost("it went away")))
        case .database(.commitOutcomeUnknown): .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension SignInError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .refused
        case .refused: .unknownOwner(.sample)
        case .unknownOwner: .unknownCode(.sample)
        case .unknownCode: .unknownSession(.sample)
        case .unknownSession: .expiryNotAhead
        case .expiryNotAhead: .tooManyCodes(atMost: 5)
        case .tooManyCodes: .crowded
        case .crowded: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension InboundRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknown
        case .unknown: .notArrived
        case .notArrived: .alreadyReceived(.stored)
        case .alreadyReceived: .notReceived
        case .notReceived: .notReleased
        case .notReleased: .alreadyStored
        case .alreadyStored: .cancelled
        case .cancelled: .hasGoods
        case .hasGoods: .alreadyReleased
        case .alreadyReleased: .unknownCount(.sample)
        case .unknownCount: .takenBack(.sample)
        case .takenBack: .corrected(standing: 3)
        case .corrected: .tooManyPictures(atMost: 20)
        case .tooManyPictures: .tooManyCounts(atMost: 9)
        case .tooManyCounts: .otherUnderReference
        case .otherUnderReference: .otherWarehouse(.sample)
        case .otherWarehouse: .foreignLot(.sample)
        case .foreignLot: .sameLocation
        case .sameLocation: .notForStorage(.sample)
        case .notForStorage: .notThere(onHand: 3)
        case .notThere: .full(.sample, free: 3)
        case .full: .expired(on: .sample, today: .sample)
        case .expired: nil
        }
    }
}

extension LoadingRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknown
        case .unknown: .notStarted
        case .notStarted: .alreadyFinished
        case .alreadyFinished: .cancelled
        case .cancelled: .saidOtherwise(.start)
        case .saidOtherwise: .unknownDelivery(.sample)
        case .unknownDelivery: .otherWarehouse(.sample)
        case .otherWarehouse: .inFuture
        case .inFuture: .tooLongAgo(days: 7)
        case .tooLongAgo: .endsBeforeStart
        case .endsBeforeStart: nil
        }
    }
}

extension TransferRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknown
        case .unknown: .otherTransferUnderReference
        case .otherTransferUnderReference: .notApproved
        case .notApproved: .nothingPicked
        case .nothingPicked: .notLoaded
        case .notLoaded: .notDeparted
        case .notDeparted: .alreadyLoaded
        case .alreadyLoaded: .departed
        case .departed: .closed
        case .closed: .cancelled
        case .cancelled: .otherUnderReference
        case .otherUnderReference: .tooManyPicks(atMost: 9)
        case .tooManyPicks: .foreignLot(.sample)
        case .foreignLot: .beyondRequest(left: 3, unit: .piece)
        case .beyondRequest: .beyondTransit(left: 3, unit: .gram)
        case .beyondTransit: .notThere(onHand: 3, unit: .piece)
        case .notThere: .promised(available: 3, unit: .gram)
        case .promised: .tooMuch(onHand: 3, unit: .piece)
        case .tooMuch: .otherStorageClass(.frozen)
        case .otherStorageClass: .notForStorage(.sample)
        case .notForStorage: .isForPacking(.sample)
        case .isForPacking: .notReleased(.sample)
        case .notReleased: .otherArrivalExpected(nil)
        case .otherArrivalExpected(nil): .otherArrivalExpected(.sample)
        case .otherArrivalExpected: .unsuitable(.sample, needs: .chilled)
        case .unsuitable: nil
        }
    }
}

extension StockCountRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknown
        case .unknown: .otherCountUnderReference
        case .otherCountUnderReference: .notCounted
        case .notCounted: .alreadyCounted
        case .alreadyCounted: .posted
        case .posted: .cancelled
        case .cancelled: .otherUnderReference
        case .otherUnderReference: .outOfScope
        case .outOfScope: .tooManyLines(atMost: 9)
        case .tooManyLines: .tooManyLots(standing: 10, atMost: 9)
        case .tooManyLots: .countedElsewhere(.sample)
        case .countedElsewhere: .adjustedSince(CountedPlace(lot: .sample, location: .sample))
        case .adjustedSince: .notInCount
        case .notInCount: .uncounted(lots: 2)
        case .uncounted: .needsRecount(lines: 2)
        case .needsRecount: .unexplained(lines: 2)
        case .unexplained: nil
        }
    }
}
