public import Postgres

/// How far a parcel has come.
public enum ParcelState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 待拣: its goods stand where they are kept, bound to it.
    case bound
    /// 已拣: all of its goods lie at the packing location.
    case picked
    /// 已打包: it is closed and has its label.
    case packed
    /// 已交接: the carrier has it.
    case shipped
    /// 已拆包: it was taken apart; its goods are free again.
    case dissolved
}

/// What happens to a parcel.
public enum ParcelEvent: String, CaseIterable, Hashable, Sendable {
    /// 拣齐: the last of its goods was picked.
    case pick
    /// 打包: its goods are in the box.
    case pack
    /// 交接: the carrier takes it.
    case handOver = "hand_over"
    /// 拆包: it is taken apart.
    case dissolve
    /// 编号: it gets a number of a carrier.
    case number
    /// 换单: it gets a label with the address as it is now.
    case relabel
}

/// What an event makes of a parcel.
public enum ParcelTransition: Hashable, Sendable {
    /// It gets this state.
    case becomes(ParcelState)
    /// Its goods are picked and packed by the same scan.
    case picksAndPacks
    /// Something of it changes; the state stays.
    case changes
    /// It is so already.
    case unchanged
    /// The event is refused, for this reason.
    case refused(ParcelRefusal)
}

/// Why a parcel stays as it is.
public enum ParcelRefusal: Error, Hashable, Sendable {
    /// There is no such parcel.
    case unknown
    /// Its goods are not picked yet.
    case notPicked
    /// It is not packed yet.
    case notPacked
    /// The carrier has it.
    case shipped
    /// It was taken apart.
    case dissolved
    /// It is stopped: it must not leave, for this reason.
    case stopped(ParcelStop)
    /// Goods of it were not found: say that it goes without them, or take it apart.
    case short
    /// It weighs something else than its goods.
    case weight(expected: Int64, weighed: Int64)
    /// It has no number of its carrier.
    case noTracking
    /// Another parcel has the number.
    case trackingTaken
    /// The number's check digit does not fit: it was misread.
    case checkDigit(TrackingNumber)
    /// It goes by another carrier; nil for the base's own cars.
    case otherCarrier(Carrier?)
    /// It has left under another manifest.
    case otherManifest
    /// Its orders do not go to the same address any more: take it apart.
    case addressesDiffer
}

extension ParcelState {
    /// The table of parcels: what the event makes of one in this state.
    ///
    /// - Parameter kind: Of its wave: where each parcel holds one SKU, the scan that packs it has picked it.
    public func after(_ event: ParcelEvent, in kind: Wave.Kind) -> ParcelTransition {
        switch (event, self) {
        case (_, .dissolved): event == .dissolve ? .unchanged : .refused(.dissolved)

        case (.pick, .bound): .becomes(.picked)
        case (.pick, .picked), (.pick, .packed), (.pick, .shipped): .unchanged

        case (.pack, .bound): kind == .single ? .picksAndPacks : .refused(.notPicked)
        case (.pack, .picked): .becomes(.packed)
        case (.pack, .packed), (.pack, .shipped): .unchanged

        case (.handOver, .bound), (.handOver, .picked): .refused(.notPacked)
        case (.handOver, .packed): .becomes(.shipped)
        case (.handOver, .shipped): .unchanged

        case (.dissolve, .bound), (.dissolve, .picked), (.dissolve, .packed): .becomes(.dissolved)
        case (.dissolve, .shipped), (.number, .shipped), (.relabel, .shipped): .refused(.shipped)

        case (.number, .bound), (.number, .picked), (.number, .packed): .changes
        case (.relabel, .bound), (.relabel, .picked), (.relabel, .packed): .changes
        }
    }
}

extension ParcelRefusal {
    /// What programs call it; of a stop, `stopped` and why.
    public var name: String {
        switch self {
        case .unknown: "unknown"
        case .notPicked: "not_picked"
        case .notPacked: "not_packed"
        case .shipped: "shipped"
        case .dissolved: "dissolved"
        case .stopped(let stop): "stopped_\(stop.rawValue)"
        case .short: "short"
        case .weight: "weight"
        case .noTracking: "no_tracking"
        case .trackingTaken: "tracking_taken"
        case .checkDigit: "check_digit"
        case .otherCarrier: "other_carrier"
        case .otherManifest: "other_manifest"
        case .addressesDiffer: "addresses_differ"
        }
    }
}

extension ParcelRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknown: "there is no such parcel"
        case .notPicked: "its goods are not picked yet"
        case .notPacked: "it is not packed yet"
        case .shipped: "the carrier has it"
        case .dissolved: "it was taken apart"
        case .stopped(let stop): "STOP: \(stop.description)"
        case .short: "goods of it were not found: say that it goes without them, or take it apart"
        case .weight(let expected, let weighed): "it weighs \(weighed) g, and its goods weigh \(expected) g"
        case .noTracking: "it has no number of its carrier"
        case .trackingTaken: "another parcel has the number"
        case .checkDigit(let number): "the check digit of \(number.rawValue) does not fit: it was misread"
        case .otherCarrier(let carrier): "it goes by \(carrier?.rawValue ?? "the base's own cars")"
        case .otherManifest: "it has left under another manifest"
        case .addressesDiffer: "its orders do not go to the same address any more: take it apart"
        }
    }
}
