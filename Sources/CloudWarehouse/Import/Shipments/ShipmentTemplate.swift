/// How a platform wants to be told of parcels: which columns in which order, and its own words for carriers.
public struct ShipmentTemplate: Sendable {
    private let columns: [(column: ShipmentColumn, heading: String)]
    private let carriers: [String: String]

    /// The template that a mapping describes: the columns that it names, in its order, then the others under their usual
    /// headings.
    public init(_ mapping: MappingText) throws(ColumnMapping<ShipmentColumn>.Failure) {
        let headings = try ColumnMapping<ShipmentColumn>(pairs: mapping.pairs)
        let named = mapping.pairs.compactMap { pair in
            ShipmentColumn(rawValue: String(pair.prefix { $0 != "=" }))
        }
        let others = ShipmentColumn.allCases.filter { !named.contains($0) }
        columns = (named + others).map { ($0, headings.heading(of: $0)) }
        carriers = mapping.carriers
    }

    /// The first row.
    public var headings: [String] { columns.map(\.heading) }

    /// The row of a parcel.
    public func row(_ parcel: Shipment.Parcel) -> [String] {
        columns.map { column, _ in
            switch column {
            case .order: parcel.order.reference.rawValue
            case .carrier: carriers[parcel.carrier.rawValue] ?? parcel.carrier.rawValue
            case .tracking: parcel.tracking.rawValue
            }
        }
    }
}
