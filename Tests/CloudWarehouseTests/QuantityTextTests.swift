import CloudWarehouse
import Testing

@Suite("Quantities and prices as text")
struct QuantityTextTests {
    @Test(
        "a quantity with a unit means so many base units, exactly",
        arguments: [
            ("2", .piece, 2), ("2件", .piece, 2), ("3个", .piece, 3), ("3份", .piece, 3), ("3 盒", .piece, 3),
            ("4袋", .piece, 4), ("4包", .piece, 4), ("4只", .piece, 4), ("1piece", .piece, 1), ("12 pcs", .piece, 12),
            ("2.0", .piece, 2), ("0", .piece, 0),
            ("500g", .gram, 500), ("500 G", .gram, 500), ("500克", .gram, 500), ("1.0g", .gram, 1),
            ("25斤", .gram, 12_500), ("0.5斤", .gram, 250), ("0.002斤", .gram, 1), ("3jin", .gram, 1_500),
            ("3两", .gram, 150), ("0.02两", .gram, 1),
            ("2.5kg", .gram, 2_500), ("2.5KG", .gram, 2_500), ("0.001千克", .gram, 1), ("33.599公斤", .gram, 33_599),
            ("0kg", .gram, 0), ("1000000000000kg", .gram, 1_000_000_000_000_000),
        ] as [(String, BaseUnit, Int64)])
    func reads(_ text: String, _ unit: BaseUnit, _ expected: Int64) throws {
        #expect(try QuantityText(text).quantity(in: unit).rawValue == expected)
    }

    @Test(
        "what is no whole number of base units, of another kind, or unclear is refused",
        arguments: [
            ("1.5", .piece), ("0.5件", .piece), ("1kg", .piece), ("1斤", .piece), ("-1", .piece), ("-1件", .piece),
            ("2", .gram), ("2件", .gram), ("1.5g", .gram), ("0.001斤", .gram), ("0.01两", .gram), ("0.0001kg", .gram),
            ("-0.001kg", .gram), ("", .piece), ("件", .piece), ("2吨", .gram), ("2 k g", .gram), ("2kg ", .gram),
            (" 2kg", .gram), ("1e3g", .gram), ("１kg", .gram), ("1,5kg", .gram), ("NaN", .gram), ("2k\u{0}g", .gram),
            ("1000000000000001g", .gram), ("1000000000000.001kg", .gram), ("9223372036854775807kg", .gram),
            ("9223372036854775kg", .gram),
        ] as [(String, BaseUnit)])
    func refuses(_ text: String, _ unit: BaseUnit) {
        #expect(throws: InvalidValue.self) { try QuantityText(text).quantity(in: unit) }
    }

    @Test(
        "a quantity is shown with its unit, and reads back as the same",
        arguments: [
            (0, .piece, "0 pcs"), (1, .piece, "1 pc"), (2, .piece, "2 pcs"), (0, .gram, "0 g"), (999, .gram, "999 g"),
            (1_000, .gram, "1 kg"), (12_500, .gram, "12.5 kg"), (33_599, .gram, "33.599 kg"),
            (1_000_000_000_000_000, .piece, "1000000000000000 pcs"),
            (1_000_000_000_000_000, .gram, "1000000000000 kg"),
        ] as [(Int64, BaseUnit, String)])
    func shows(_ number: Int64, _ unit: BaseUnit, _ expected: String) throws {
        let text = QuantityText(try Quantity(number), in: unit).description
        #expect(text == expected)
        #expect(try QuantityText(text).quantity(in: unit).rawValue == number)
    }

    @Test(
        "a price is yuan for a stated quantity, which is kept as it was said",
        arguments: [
            ("39.9/500g", .gram, 3_990, 500), ("39.9/斤", .gram, 3_990, 500), ("39.90元/1kg", .gram, 3_990, 1_000),
            ("22/公斤", .gram, 2_200, 1_000), ("1/两", .gram, 100, 50), ("0.01/g", .gram, 1, 1),
            ("12.5/件", .piece, 1_250, 1), ("12.5/pcs", .piece, 1_250, 1), ("30/6", .piece, 3_000, 6),
            ("12.5", .piece, 1_250, 1), ("12.5元", .piece, 1_250, 1), ("0/件", .piece, 0, 1),
        ] as [(String, BaseUnit, Int64, Int64)])
    func readsPrices(_ text: String, _ unit: BaseUnit, _ fen: Int64, _ per: Int64) throws {
        let price = try PriceText(text).price(in: unit)
        #expect(price == (try Price(fen: Fen(rawValue: fen), per: Quantity(per))))
        #expect(try PriceText(PriceText(price, in: unit).description).price(in: unit) == price)
    }

    @Test(
        "a price with a third decimal, for nothing, for goods of another kind or for an unknown quantity is refused",
        arguments: [
            ("39.999/斤", .gram), ("-1/斤", .gram), ("39.9", .gram), ("39.9/500", .gram), ("39.9/件", .gram),
            ("39.9/斤", .piece), ("1/0件", .piece), ("1/0g", .gram), ("1/", .piece), ("/件", .piece), ("", .piece),
            ("1//件", .piece), ("1/-1", .piece), ("¥1/件", .piece), ("1/1.5", .piece), ("1e2/件", .piece),
            ("10000000000.01/件", .piece), ("92233720368547758.08", .piece), ("1/2000000kg", .gram),
        ] as [(String, BaseUnit)])
    func refusesPrices(_ text: String, _ unit: BaseUnit) {
        #expect(throws: InvalidValue.self) { try PriceText(text).price(in: unit) }
    }

    @Test("a price is shown with what it is for, one of a unit by the unit alone")
    func showsPrices() throws {
        for (fen, per, unit, expected) in [
            (3_990, 500, .gram, "39.90/500 g"), (2_200, 1_000, .gram, "22.00/kg"), (1, 1, .gram, "0.01/g"),
            (1_250, 1, .piece, "12.50/pc"), (3_000, 6, .piece, "30.00/6 pcs"),
        ] as [(Int64, Int64, BaseUnit, String)] {
            let price = try Price(fen: Fen(rawValue: fen), per: Quantity(per))
            #expect(PriceText(price, in: unit).description == expected)
        }
    }

    @Test(
        "money is shown as yuan with two decimals",
        arguments: [(0, "0.00"), (5, "0.05"), (3_990, "39.90"), (-5, "-0.05"), (.min, "-92233720368547758.08")]
            as [(Int64, String)])
    func yuan(_ fen: Int64, _ expected: String) {
        #expect(Fen(rawValue: fen).yuan == expected)
    }
}
