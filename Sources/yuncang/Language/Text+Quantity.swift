internal import CloudWarehouse

extension Text {
    /// A number of base units as people say it: `200 pcs`, `12.5 kg`; the number alone where the unit is not known.
    static func amount(_ number: Int64, in unit: BaseUnit?) -> Text {
        guard let unit, number != 0, let quantity = Quantity(rawValue: number) else { return .verbatim("\(number)") }
        return QuantityText(quantity, in: unit).words
    }
}
