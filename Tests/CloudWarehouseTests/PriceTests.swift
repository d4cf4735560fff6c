import CloudWarehouse
import Testing

@Suite("Price")
struct PriceTests {
    @Test(
        "an amount is the exact product rounded half up to whole fen",
        arguments: [
            (fen: 2_200, per: 1_000, quantity: 1, amount: 2),
            (fen: 2_200, per: 1_000, quantity: 250, amount: 550),
            (fen: 1, per: 2, quantity: 1, amount: 1),
            (fen: 1, per: 2, quantity: 3, amount: 2),
            (fen: 1, per: 3, quantity: 1, amount: 0),
            (fen: 2, per: 3, quantity: 1, amount: 1),
            (fen: 760, per: 1_000, quantity: 396, amount: 301),
            (fen: 500, per: 1_000, quantity: 1, amount: 1),
            (fen: 499, per: 1_000, quantity: 1, amount: 0),
            (fen: 3_990, per: 500, quantity: 0, amount: 0),
            (fen: 0, per: 1, quantity: 7, amount: 0),
        ] as [(fen: Int64, per: Int64, quantity: Int64, amount: Int64)])
    func amount(row: (fen: Int64, per: Int64, quantity: Int64, amount: Int64)) throws {
        let price = try Price(fen: Fen(rawValue: row.fen), per: Quantity(row.per))
        #expect(try price.amount(for: Quantity(row.quantity)).rawValue == row.amount)
    }

    @Test("an amount that 64 bits cannot hold is refused, and the largest that they can is not")
    func overflow() throws {
        let price = try Price(fen: Fen(rawValue: 1_000_000_000_000), per: Quantity(1))
        #expect(throws: InvalidValue.self) { try price.amount(for: Quantity(4_611_687)) }
        #expect(try price.amount(for: Quantity(4_611_686)).rawValue == 4_611_686_000_000_000_000)
    }

    @Test("a price of nothing for something is one; for nothing, below zero or beyond the bounds is none")
    func bounds() throws {
        #expect(try Price(fen: .zero, per: Quantity(1)).fen == .zero)
        for (fen, per) in [(-1, 1), (1_000_000_000_001, 1), (1, 0), (1, 1_000_000_001)] as [(Int64, Int64)] {
            #expect(throws: InvalidValue.self) { try Price(fen: Fen(rawValue: fen), per: Quantity(per)) }
        }
    }
}
