internal import CloudWarehouse
internal import JSON
internal import Postgres

/// A wave that is to be, as it is sent.
struct WaveDocument: Sendable {
    var code: WaveCode
    var terms: WaveTerms

    static let plan = JSONType<WaveDocument>.object(
        "NewWave", about: "a wave that is to be: which orders, and how their parcels are made",
        .required("code", \.code, .code(), about: "what people call it"),
        .required("terms", \.terms, .waveTerms, about: "which orders it takes, and how their parcels are made"),
        make: WaveDocument.init)
}

extension JSONType where Value == WaveTerms {
    /// Which orders a wave takes.
    static var waveTerms: Self {
        .object(
            "WaveTerms", about: "which orders a wave takes, and how their parcels are made",
            .required("warehouse", \.warehouse, .code(), about: "where the goods stand"),
            .required("kind", \.kind, .choice(of: Wave.Kind.self), about: "orders of one SKU each, or of several"),
            .optional(
                "packing", \.packing, .code(),
                about: "where picked goods are brought; absent: the only packing location"),
            .optional("source", \.source, .source, about: "only orders of this source"),
            .optional("shop", \.shop, .shop, about: "only orders of this shop"),
            .optional("region", \.region, .plainWords, about: "only orders to regions that begin so"),
            .optional("due_before", \.dueBefore, .timestamp, about: "only orders that have to leave before"),
            .optional("carrier", \.carrier, .carrier, about: "who carries the parcels; absent: the base's own cars"),
            .optional("ship_on", \.shipOn, .date, about: "the day on which they leave; absent: today"),
            .optional(
                "partial", \.saidPartial, .boolean,
                about: "true: of an order that cannot be served whole, what is there goes"),
            .optional(
                "most_orders", \.saidMost, .integer(1...Int(FulfilmentLimits.ordersPerWave)),
                about: "how many orders at most, those that have to leave first"),
            .optional(
                "most_grams", \.saidGrams, .integer(1...1_000_000_000), about: "what the goods of a parcel may weigh"),
            .optional(
                "slots", \.saidSlots, .integer(1...1_000), about: "how many slots the sorting wall has; absent: 40"),
            make: WaveTerms.init(said:kind:packing:source:shop:region:due:carrier:shipOn:partial:most:grams:slots:))
    }
}

extension WaveTerms {
    fileprivate var saidPartial: Bool? { isPartial ? true : nil }
    fileprivate var saidMost: Int? { Int(mostOrders) }
    fileprivate var saidGrams: Int? { mostGrams.map { Int($0.rawValue) } }
    fileprivate var saidSlots: Int? { Int(slots) }

    fileprivate init(
        said warehouse: WarehouseCode, kind: Wave.Kind, packing: LocationCode?, source: OrderSource?, shop: ShopName?,
        region: PlainWords?, due: Timestamp?, carrier: Carrier?, shipOn: CalendarDate?, partial: Bool?, most: Int?,
        grams: Int?, slots: Int?
    ) {
        self.init(warehouse: warehouse, kind: kind)
        self.packing = packing
        self.source = source
        self.shop = shop
        self.region = region
        dueBefore = due
        self.carrier = carrier
        self.shipOn = shipOn
        isPartial = partial ?? false
        if let most { mostOrders = Int32(most) }
        mostGrams = grams.flatMap { Quantity(rawValue: Int64($0)) }
        if let slots { self.slots = Int16(slots) }
    }
}

extension JSONType where Value == Carrier {
    /// Who carries parcels.
    static var carrier: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...64, about: "1 to 64 characters and no control characters"),
            parse: { Carrier(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == TrackingNumber {
    /// A carrier's number.
    static var tracking: Self {
        .text(
            JSONTextRule(
                pattern: "^[0-9A-Za-z-]{4,64}$", length: 4...64, about: "4 to 64 letters, digits and hyphens"),
            parse: { TrackingNumber(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == ParcelScan {
    /// What a scanner reads.
    static var scan: Self {
        .text(
            JSONTextRule(
                pattern: "^[!-~]{1,80}$", length: 1...ParcelScan.maximumLength,
                about: "1 to 80 printable ASCII characters without spaces"),
            parse: { ParcelScan(JSONText.string($0)) }, text: \.description)
    }
}

extension JSONType where Value == Int64 {
    /// A count, or an amount in base units, that is only shown.
    static var count: Self {
        .integer(0...1_000_000_000_000_000_000)
    }
}

extension JSONType where Value == WaveProgress {
    /// How far a wave has come.
    static var waveProgress: Self {
        .object(
            "WaveProgress", about: "how far a wave has come, and what became of its orders",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("code", \.code, .code(), about: "what people call it"),
            .required("state", \.state, .choice(of: WaveState.self), about: "how far it has come"),
            .required("orders", \.orders, .count, about: "how many orders were chosen"),
            .required("bound", \.bound, .count, about: "of how many all is bound"),
            .required("partial", \.partial, .count, about: "of how many some is bound"),
            .required("short", \.short, .count, about: "of how many nothing is, for lack of goods"),
            .required("changed", \.changed, .count, about: "how many were changed, called off or sent otherwise"),
            .required("parcels", \.parcels, .count, about: "how many parcels there are"),
            make: WaveProgress.init(id:code:state:orders:bound:partial:short:changed:parcels:))
    }
}

extension JSONType where Value == PickTask {
    /// What is to be picked at one place.
    static var pickTask: Self {
        .object(
            "PickTask", about: "what is to be picked for a wave at one place",
            .required("round", \.round, .integer(1...32_767), about: "in which round it is sorted"),
            .required("location", \.location, .code(), about: "where it stands"),
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name, .name, about: "what people call it"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("lot", \.lot, .id(), about: "goods of which lot"),
            .optional("expires_on", \.expiresOn, .date, about: "the last day on which it is good"),
            .required("quantity", \.quantity, .count, about: "how much, in base units"),
            .required("parcels", \.parcels, .count, about: "for how many parcels"),
            .required(
                "slots", \.slots, .array(of: .slot, count: 0...1_000),
                about: "into which slots; none where nothing is sorted"),
            make: PickTask.init(round:location:sku:name:unit:lot:expiresOn:quantity:parcels:slots:))
    }
}

extension JSONType where Value == PickTask.Slot {
    fileprivate static var slot: Self {
        .object(
            "PickSlot", about: "so much for one slot of the sorting wall",
            .required("number", \.number, .integer(1...1_000), about: "the slot's number"),
            .required("quantity", \.quantity, .count, about: "how much, in base units"),
            make: PickTask.Slot.init(number:quantity:))
    }
}

extension JSONType where Value == Parcel {
    /// A parcel as it is shown.
    static var parcel: Self {
        .object(
            "Parcel", about: "goods in one box",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("label", \.label, .label, about: "what is scanned from its label"),
            .required("state", \.state, .choice(of: ParcelState.self), about: "how far it has come"),
            .required("round", \.round, .integer(1...32_767), about: "in which round it is sorted"),
            .optional("slot", \.slot, .integer(1...1_000), about: "the slot of the sorting wall"),
            .required("storage_class", \.storageClass, .choice(of: StorageClass.self), about: "how cold it has to be"),
            .optional("carrier", \.carrier, .carrier, about: "who carries it; absent: the base's own cars"),
            .optional("tracking", \.tracking, .tracking, about: "under which number of the carrier"),
            .optional("expected_grams", \.expectedGrams, .count, about: "what its goods weigh; absent: nobody knows"),
            .optional("weighed_grams", \.weighedGrams, .count, about: "what it weighed when it was packed"),
            .required("short", \.isShort, .boolean, about: "whether goods of it were not found"),
            .required("orders", \.orders, .count, about: "how many orders are in it"),
            make: Parcel.init(
                id:label:state:round:slot:storageClass:carrier:tracking:expectedGrams:weighedGrams:isShort:orders:))
    }
}

extension JSONType where Value == ParcelLabel {
    /// A label's text.
    static var label: Self {
        .text(
            JSONTextRule(
                pattern: "^[!-~]{1,64}-[1-9][0-9]{0,8}$", length: 3...74, about: "a wave's code, a hyphen and a number"),
            parse: { ParcelLabel(JSONText.string($0)) }, text: \.description)
    }
}
