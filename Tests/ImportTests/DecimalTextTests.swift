import Testing

@testable import CloudWarehouse

@Suite struct DecimalTextTests {
    @Test(
        "decimal numbers are read exactly, in the smaller unit",
        arguments: [
            ("0", 3, 0), ("0.396", 3, 396), ("1.000", 3, 1_000), ("12.5", 3, 12_500), ("7", 3, 7_000),
            ("-0.252", 3, -252),
            ("2.70", 2, 270), ("119.9", 2, 11_990), ("1.0000", 3, 1_000), ("1.000", 0, 1), ("30", 0, 30),
            ("9223372036854775.807", 3, .max), ("0.1", 2, 10), ("0.29", 2, 29), ("1.15", 2, 115),
        ] as [(String, Int, Int64)])
    func reads(_ text: String, _ decimals: Int, _ expected: Int64) throws {
        #expect(try DecimalText.scaled(text, decimals: decimals) == expected)
    }

    @Test(
        "anything else is refused, not rounded",
        arguments: [
            ("", 3), ("-", 3), (".", 3), (".5", 3), ("1.", 3), ("1.0005", 3), ("1.5", 0), ("1,5", 3), ("1 000", 3),
            ("+1", 3), ("--1", 3), ("1e3", 3), ("0x10", 3), ("１", 3), ("NaN", 3), ("1.2.3", 3),
            ("9223372036854775.808", 3), ("99999999999999999999", 0), ("1.5", -0),
        ])
    func refuses(_ text: String, _ decimals: Int) {
        #expect(throws: InvalidValue.self) { try DecimalText.scaled(text, decimals: decimals) }
    }
}
