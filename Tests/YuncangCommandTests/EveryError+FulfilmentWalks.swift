import Postgres

@testable import CloudWarehouse
@testable import yuncang

extension FulfilmentError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .outOfRange(.mostOrders, atMost: 9)
        case .outOfRange(let bound, _):
            Bound.allCases.drop { $0 != bound }.dropFirst().first.map { .outOfRange($0, atMost: 9) }
                ?? .dayIsOver(.sample, today: .sample)
        case .dayIsOver: .unknownWarehouse(.sample)
        case .unknownWarehouse: .unknownLocation(.sample, .sample)
        case .unknownLocation: .closedLocation(.sample, .sample)
        case .closedLocation: .packingLocations(.sample, count: 0)
        case .packingLocations(_, 0): .packingLocations(.sample, count: 2)
        case .packingLocations: .notForPacking(.sample)
        case .notForPacking: .notForStorage(.sample)
        case .notForStorage: .unknownSKU(.sample)
        case .unknownSKU: .waveStays(.unknown)
        case .waveStays: .parcelStays(.unknown)
        case .parcelStays: .notPicked(.nothingToPick)
        case .notPicked: .otherCarrier(.sample, is: nil)
        case .otherCarrier(_, nil): .otherCarrier(.sample, is: .sample)
        case .otherCarrier: .unknownManifest
        case .unknownManifest: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension WaveRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknown
        case .unknown: .otherUnderCode
        case .otherUnderCode: .noOrders
        case .noOrders: .notReleased(.planned)
        case .notReleased: .alreadyReleased
        case .alreadyReleased: .closed
        case .closed: .cancelled
        case .cancelled: .hasParcels(2)
        case .hasParcels: .tooManyParcels(.sample, atMost: 500)
        case .tooManyParcels: nil
        }
    }
}

extension PickRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .nothingToPick
        case .nothingToPick: .moreThanAsked(3)
        case .moreThanAsked: .lotNotSellable(.sample)
        case .lotNotSellable: .otherUnderReference
        case .otherUnderReference: nil
        }
    }
}

extension ParcelRefusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .unknown
        case .unknown: .notPicked
        case .notPicked: .notPacked
        case .notPacked: .shipped
        case .shipped: .dissolved
        case .dissolved: .stopped(ParcelStop.allCases[0])
        case .stopped(let stop):
            ParcelStop.allCases.drop { $0 != stop }.dropFirst().first.map { .stopped($0) } ?? .short
        case .short: .weight(expected: 2, weighed: 3)
        case .weight: .noTracking
        case .noTracking: .trackingTaken
        case .trackingTaken: .checkDigit(.sample)
        case .checkDigit: .otherCarrier(nil)
        case .otherCarrier(nil): .otherCarrier(.sample)
        case .otherCarrier: .otherManifest
        case .otherManifest: .addressesDiffer
        case .addressesDiffer: nil
        }
    }
}
