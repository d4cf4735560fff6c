import CloudWarehouse
import Postgres
import WarehouseTesting

extension TestBase {
    /// Orders of every kind, each under its kind as the reference: `paid`, `held`, `set`, `split`, `limited` and `short`.
    ///
    /// The melons are two owners', 10 and 5, as is the rice, 400 g and 100 g; a gift is a melon and 100 g of rice; one buyer may
    /// have 600 g of rice, and what is left of it comes from both.
    func placeEveryKind() async throws {
        try await stockMelons(10, rice: 400)
        let other = try OwnerCode("other")
        _ = try await catalog.addOwner(code: other, name: Name("他社"), kind: .cooperative, by: principal)
        let more = try [(Melons.melon, 5), (Melons.rice, 100)].map {
            Receipt.Line(sku: $0.0, owner: other, quantity: try Quantity($0.1))
        }
        _ = try await stock.receive(
            Receipt(
                reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse, location: Melons.location,
                lines: more), by: principal)
        let gift = try SKUCode("gift")
        let entry = CatalogEntry(
            code: gift, name: try Name("礼盒"), unit: .piece, category: Melons.entries[0].category,
            price: try Price(fen: Fen(rawValue: 1_500), per: Quantity(1)))
        _ = try await catalog.importEntries([entry], of: Melons.owner, by: principal)
        try await run(
            script: """
                INSERT INTO set_component
                SELECT gift.id, part.id, CASE part.code WHEN 'melon' THEN 1 ELSE 100 END
                FROM sku AS gift, sku AS part
                WHERE gift.code = 'gift' AND part.code IN ('melon', 'rice');
                INSERT INTO buyer_limit SELECT id, 600, '2020-01-01' FROM sku WHERE code = 'rice';
                """)
        try await withIntake(recipientKeys: Recipients.keys) { intake in
            for order in try Self.everyKind(gift: gift) { _ = try await intake.desk.place(order) }
        }
    }

    private static func everyKind(gift: SKUCode) throws -> [PlaceOrder] {
        let buyer = OrderTerms(buyer: Buyer(rawValue: "b1"))
        func order(
            _ reference: String, _ lines: [(SKUCode, Int64)], _ payment: PlaceOrder.Payment = .paid,
            _ terms: OrderTerms = .none, _ recipient: Recipient? = nil
        ) throws -> PlaceOrder {
            try PlaceOrder(
                source: Melons.source, reference: OrderReference(rawValue: reference)!,
                lines: lines.map { PlaceOrder.Line(sku: $0.0, quantity: try Quantity($0.1)) }, payment: payment,
                terms: terms, recipient: recipient)
        }
        return [
            try order("paid", [(Melons.melon, 3)], .paid, .none, Recipients.wang),
            try order("held", [(Melons.melon, 1), (Melons.melon, 1)], .due(withinSeconds: 3_600)),
            try order("set", [(gift, 2)], .paid, buyer), try order("split", [(Melons.melon, 6)]),
            try order("limited", [(Melons.rice, 250)], .paid, buyer),
            try order("short", [(Melons.melon, 50)], .paidElsewhere),
        ]
    }
}
