/// The columns of a file that says how orders were sent, whether it is read or written.
public enum ShipmentColumn: String, SheetColumn {
    case order, carrier, tracking

    /// The heading that most platforms have.
    public var heading: String {
        switch self {
        case .order: "订单编号"
        case .carrier: "快递公司"
        case .tracking: "快递单号"
        }
    }

    /// Other headings that platforms and label printers have.
    public var otherHeadings: [String] {
        switch self {
        case .order: ["订单号", "主订单编号", "主订单号", "平台订单号", "订单ID"]
        case .carrier: ["物流公司", "物流公司名称", "快递公司名称", "承运商", "快递", "物流"]
        case .tracking: ["物流单号", "运单号", "运单号码", "快递运单号", "物流运单号"]
        }
    }

    /// All of them.
    public var isRequired: Bool { true }
}

/// A list of parcels: a row for each, an order perhaps in several.
public struct ShipmentSheet: Sheet {
    /// Those of a list of parcels.
    public typealias Column = ShipmentColumn

    /// The bounds of a list.
    public static let limits = OrderPlan.limits

    /// One row.
    public struct Row: Hashable, Sendable {
        /// Which parcel.
        public let parcel: Shipment.Parcel
        /// The row as it stands in the file.
        public let raw: RawRow
    }

    private let source: OrderSource

    /// A list of parcels of orders of that source.
    public init(source: OrderSource) {
        self.source = source
    }

    /// The parcel that the row names. A row without anything in it is passed over.
    public mutating func read(_ row: inout SheetRow<Column>) -> Row? {
        guard Column.allCases.contains(where: { row.text($0) != nil }) else { return nil }
        let isMangled = [Column.order, .tracking].filter { row.refusesMangled($0) }
        guard isMangled.isEmpty else { return nil }
        let reference = row.value(.order) { (text) throws(InvalidValue) in
            guard let reference = OrderReference(rawValue: text) else { throw .reference }
            return reference
        }
        let carrier = row.value(.carrier) { (text) throws(InvalidValue) in try Carrier(text) }
        let tracking = row.value(.tracking) { (text) throws(InvalidValue) in try TrackingNumber(text) }
        guard let reference, let carrier, let tracking else { return nil }
        let key = OrderKey(source: source, reference: reference)
        return Row(parcel: Shipment.Parcel(order: key, carrier: carrier, tracking: tracking), raw: row.raw)
    }
}
