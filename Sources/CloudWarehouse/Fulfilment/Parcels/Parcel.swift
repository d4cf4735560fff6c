import Postgres

/// Goods in one box, of one wave (包裹).
public struct Parcel: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Parcel>
    /// What is scanned from its label.
    public let label: ParcelLabel
    /// How far it has come.
    public let state: ParcelState
    /// In which round it is sorted, and into which slot; no slot where each parcel holds one SKU.
    public let round: Int16
    /// The slot of the wall; nil where nothing is sorted.
    public let slot: Int16?
    /// How cold it has to be.
    public let storageClass: StorageClass
    /// Who carries it; nil for the base's own cars.
    public let carrier: Carrier?
    /// Under which number.
    public let tracking: TrackingNumber?
    /// What its goods weigh, in grams; nil when that is not known of all.
    public let expectedGrams: Int64?
    /// What it weighed, in grams.
    public let weighedGrams: Int64?
    /// Whether goods of it were not found.
    public let isShort: Bool
    /// How many orders are in it.
    public let orders: Int64

    /// A parcel with these fields.
    public init(
        id: ID<Parcel>, label: ParcelLabel, state: ParcelState, round: Int16, slot: Int16?, storageClass: StorageClass,
        carrier: Carrier?, tracking: TrackingNumber?, expectedGrams: Int64?, weighedGrams: Int64?, isShort: Bool,
        orders: Int64
    ) {
        self.id = id
        self.label = label
        self.state = state
        self.round = round
        self.slot = slot
        self.storageClass = storageClass
        self.carrier = carrier
        self.tracking = tracking
        self.expectedGrams = expectedGrams
        self.weighedGrams = weighedGrams
        self.isShort = isShort
        self.orders = orders
    }
}

/// What stands on a parcel's label: its wave's code and its number in it, `W-1201-17`.
public struct ParcelLabel: Hashable, Sendable, LosslessStringConvertible {
    /// The wave.
    public let wave: WaveCode
    /// From 1.
    public let number: Int32

    /// The label of a parcel of a wave.
    public init(wave: WaveCode, number: Int32) {
        self.wave = wave
        self.number = number
    }

    /// Reads a label; nil for what is none.
    public init?(_ text: String) {
        guard let dash = text.lastIndex(of: "-"), let wave = WaveCode(rawValue: String(text[..<dash])) else {
            return nil
        }
        let digits = text[text.index(after: dash)...]
        guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.first != "0", let number = Int32(digits)
        else { return nil }
        self.init(wave: wave, number: number)
    }

    /// The text of the label.
    public var description: String { "\(wave)-\(number)" }
}

/// How a parcel is named by a scanner: by its label, or by its carrier's number.
public struct ParcelScan: Hashable, Sendable, CustomStringConvertible {
    /// The most bytes of a scan.
    public static let maximumLength = 80
    /// The text as it was scanned, 1 to 80 bytes.
    public let description: String

    /// Takes a scan, or nothing when it can name no parcel.
    public init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        description = text
    }

    /// The label, if it reads as one.
    var label: ParcelLabel? { ParcelLabel(description) }
    /// The number, if it reads as one.
    var tracking: TrackingNumber? { TrackingNumber(rawValue: description) }
}
