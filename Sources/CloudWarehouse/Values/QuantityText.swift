/// A quantity as people write it: `2`, `2件`, `25斤`, `2.5kg`, `500 g`.
///
/// It is read exactly, and what is no whole number of base units is refused, not rounded. Whether it fits a SKU is known
/// only with the SKU's base unit: ask ``quantity(in:)``.
public struct QuantityText: Hashable, Sendable {
    /// A word for a unit, with how many base units it means.
    struct Measure: Hashable, Sendable {
        let unit: BaseUnit
        let size: Int64
    }

    /// The words that are understood; Latin ones in upper and lower case.
    static let measures: [String: Measure] = {
        var measures: [String: Measure] = [:]
        for word in ["件", "个", "份", "盒", "袋", "包", "只", "朵", "piece", "pieces", "pc", "pcs"] {
            measures[word] = Measure(unit: .piece, size: 1)
        }
        for (words, grams) in [(["克", "g"], 1), (["两"], 50), (["斤", "jin"], 500), (["千克", "公斤", "kg"], 1_000)] {
            for word in words { measures[word] = Measure(unit: .gram, size: Int64(grams)) }
        }
        return measures
    }()

    private let thousandths: Int64
    private let measure: Measure?

    /// Reads a number with or without a unit, or says what is wrong with it.
    public init(_ text: String) throws(InvalidValue) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        let word = text.dropFirst(number.count).drop { $0 == " " }
        thousandths = try DecimalText.scaled(String(number), decimals: 3)
        guard thousandths >= 0 else { throw InvalidValue("a quantity is not below zero") }
        measure = word.isEmpty ? nil : try Self.measure(named: word)
    }

    /// One of the unit that `word` names.
    init(one word: Substring) throws(InvalidValue) {
        thousandths = 1_000
        measure = try Self.measure(named: word)
    }

    private static func measure(named word: Substring) throws(InvalidValue) -> Measure {
        guard let measure = measures[word.lowercased()] else {
            throw InvalidValue(
                "a quantity is a number and a unit: 件, 个, 份, 盒, 袋, 包, 只, 朵 or pcs by the piece, "
                    + "克 or g, 两, 斤 or jin, 公斤, 千克 or kg by weight")
        }
        return measure
    }

    /// What the text means for goods that are counted in `unit`.
    ///
    /// A number alone counts pieces. It is no weight: 2 of weighed goods may be grams, jin or kilograms, so it is refused.
    public func quantity(in unit: BaseUnit) throws(InvalidValue) -> Quantity {
        if measure == nil, unit == .gram {
            throw InvalidValue("the goods are weighed: say the unit too, such as 500g, 25斤 or 2.5kg")
        }
        let measure = measure ?? Measure(unit: .piece, size: 1)
        guard measure.unit == unit else {
            throw InvalidValue(
                unit == .gram
                    ? "the goods are weighed: give a weight, such as 500g, 25斤 or 2.5kg"
                    : "the goods are counted by the piece: give a number, such as 2 or 2件")
        }
        let (product, overflow) = thousandths.multipliedReportingOverflow(by: measure.size)
        guard !overflow else { throw InvalidValue("the number is too large") }
        guard product % 1_000 == 0 else {
            throw InvalidValue(unit == .gram ? "a weight is a whole number of grams" : "pieces are not divided")
        }
        return try Quantity(product / 1_000)
    }
}

extension QuantityText: CustomStringConvertible {
    /// The quantity of goods that are counted in `unit`, for showing it: weights from a kilogram on in kilograms.
    public init(_ quantity: Quantity, in unit: BaseUnit) {
        switch unit {
        case .piece: measure = Measure(unit: .piece, size: 1)
        case .gram: measure = Measure(unit: .gram, size: quantity.rawValue < 1_000 ? 1 : 1_000)
        }
        thousandths = quantity.rawValue * (1_000 / measure!.size)
    }

    /// The number and its unit: `2 pcs`, `500 g`, `2.5 kg`. It reads back as the same quantity.
    public var description: String {
        let number = DecimalText.shortest(thousandths, decimals: 3)
        return unitWord.map { "\(number) \($0)" } ?? number
    }

    /// The same as what a price is for, where one of a unit is the unit alone: `500 g`, `kg`, `pc`.
    var divisor: String { thousandths == 1_000 ? unitWord ?? "1" : description }

    private var unitWord: String? {
        guard let measure else { return nil }
        switch (measure.unit, measure.size) {
        case (.piece, _): return thousandths == 1_000 ? "pc" : "pcs"
        case (.gram, 1): return "g"
        case (.gram, 50): return "两"
        case (.gram, 500): return "斤"
        case (.gram, _): return "kg"
        }
    }
}
