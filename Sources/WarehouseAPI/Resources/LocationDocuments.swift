internal import CloudWarehouse
internal import JSON

/// A location as it is sent and answered. What says nothing is absent.
struct LocationDocument: Sendable {
    var code: LocationCode
    var terms: LocationTerms

    init(code: LocationCode, terms: LocationTerms) { (self.code, self.terms) = (code, terms) }

    init(_ location: Location) { self.init(code: location.code, terms: location.terms) }

    static let json = JSONType<LocationDocument>.object(
        "Location", about: "a place in a warehouse where goods stand",
        .required("code", \.code, .code(), about: "its short name, unique in the warehouse"),
        .required("storage_class", \.terms.storageClass, .choice(of: StorageClass.self), about: "how cold it is"),
        .optional("zone", \.terms.zone, .code(), about: LocationTerms.zoneAbout),
        .optional(
            "purpose", \.terms.saidPurpose, .choice(of: LocationPurpose.self), about: LocationTerms.purposeAbout),
        .optional("capacity", \.terms.capacity, .capacity, about: LocationTerms.capacityAbout),
        .optional("pick_sequence", \.terms.pickSequence, .pickSequence, about: LocationTerms.sequenceAbout),
        .optional("closed", \.terms.saidClosed, .boolean, about: LocationTerms.closedAbout),
        make: { code, storageClass, zone, purpose, capacity, sequence, closed in
            LocationDocument(
                code: code,
                terms: LocationTerms(
                    storageClass: storageClass, purpose: purpose ?? .storage, zone: zone, capacity: capacity,
                    pickSequence: sequence, isClosed: closed ?? false))
        })

    static let list = JSONType<[LocationDocument]>.object(
        "LocationList", about: "storage locations in the order of their codes",
        .required(
            "locations", { @Sendable bodies in bodies }, .array(of: json, count: 0...Int(Stock.maximumPage))),
        make: { $0 })
}

extension LocationTerms {
    /// Everything about a location that may change, as a whole.
    static let json = JSONType<LocationTerms>.object(
        "LocationTerms", about: "what a location is from now on; what is absent it has no longer",
        .required("storage_class", \.storageClass, .choice(of: StorageClass.self), about: "how cold it is"),
        .optional("zone", \.zone, .code(), about: zoneAbout),
        .optional("purpose", \.saidPurpose, .choice(of: LocationPurpose.self), about: purposeAbout),
        .optional("capacity", \.capacity, .capacity, about: capacityAbout),
        .optional("pick_sequence", \.pickSequence, .pickSequence, about: sequenceAbout),
        .optional("closed", \.saidClosed, .boolean, about: closedAbout),
        make: { storageClass, zone, purpose, capacity, sequence, closed in
            LocationTerms(
                storageClass: storageClass, purpose: purpose ?? .storage, zone: zone, capacity: capacity,
                pickSequence: sequence, isClosed: closed ?? false)
        })

    fileprivate static let zoneAbout = "the zone of the warehouse that it is in"
    fileprivate static let purposeAbout =
        "storage: goods are kept and picked here; receiving: they wait to be put away; packing: to leave; absent: storage"
    fileprivate static let capacityAbout = "how much it takes; absent: nobody has said"
    fileprivate static let sequenceAbout = "when pickers come to it; absent: after those that have a place"
    fileprivate static let closedAbout = "true: nothing may be put here; absent: it is open"

    /// What it is for, unless that is what most are for.
    fileprivate var saidPurpose: LocationPurpose? { purpose == .storage ? nil : purpose }

    /// Given where it is so.
    fileprivate var saidClosed: Bool? { isClosed ? true : nil }
}

extension JSONType where Value == Capacity {
    /// How much a location takes.
    fileprivate static var capacity: Self {
        JSONType<(quantity: Quantity, unit: BaseUnit)>.object(
            "Capacity", about: "how much a location takes of goods that are counted in one unit",
            .required("quantity", \.quantity, .quantity, about: "how much, in the unit"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            make: { (quantity: $0, unit: $1) }
        ).converted(
            "a capacity", to: { Capacity($0.quantity, of: $0.unit) },
            from: { (quantity: $0.quantity, unit: $0.unit) })
    }
}

extension JSONType where Value == PickSequence {
    /// A place in the order in which pickers walk.
    fileprivate static var pickSequence: Self {
        JSONType<Int64>.integer(1...Int(PickSequence.maximum)).converted(
            "a place in the pickers' order", to: { Int32(exactly: $0).flatMap(PickSequence.init(rawValue:)) },
            from: { Int64($0.rawValue) })
    }
}
