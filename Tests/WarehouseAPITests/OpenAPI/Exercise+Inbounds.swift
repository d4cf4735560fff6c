import CloudWarehouse
import Postgres
import Testing
import WarehouseTesting

extension Exercise {
    /// The delivery of the examples; one that waits at a dock, whose lot is given; and one that has expired.
    static func deliveries(in base: TestBase) async throws -> ID<Lot> {
        let (dock, by) = (try LocationCode("R-01"), base.principal)
        func step(_ reference: String, _ task: InboundTask) async throws -> InboundProgress {
            try await base.stock.handle(task, of: ReceiptReference(rawValue: reference)!, by: by)
        }
        _ = try await base.stock.addLocation(
            code: dock, in: Melons.warehouse, terms: LocationTerms(storageClass: .ambient, purpose: .receiving), by: by)
        let shelf = LocationTerms(storageClass: .ambient, capacity: Capacity(try Quantity(1), of: .piece))
        _ = try await base.stock.addLocation(code: LocationCode("S-01"), in: Melons.warehouse, terms: shelf, by: by)
        let expected = ExpectedGoods(sku: try SKUCode("tiangua-5jin"), owner: Melons.owner, quantity: try Quantity(400))
        _ = try await step("RK-20261123-02", .announce(at: Melons.warehouse, [expected]))
        var waiting: ID<Lot>?
        for (reference, expires) in [("old", CalendarDate("2020-01-31")), ("waits", nil)] {
            let goods = Receipt.Line(
                sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(2), expiresOn: expires)
            let count = try InboundCount(reference: ReceiptReference(rawValue: "c")!, location: dock, goods: goods)
            _ = try await step(reference, .arrive(at: Melons.warehouse))
            waiting = try await step(reference, .count(count)).lot
            _ = try await step(reference, .finish)
        }
        _ = try await step("waits", .release)
        return try #require(waiting)
    }

    /// Steps that are refused, each for a reason of its own.
    func inboundSteps() -> [Question] {
        func step(_ body: String, of reference: String = "new") -> Question {
            .post(body, to: "/v1/inbounds/\(reference)/steps")
        }
        func announcement(_ sku: String, _ owner: String, at warehouse: String = "main") -> Question {
            step(
                """
                {"event":"announce","warehouse":"\(warehouse)","lines":[{"sku":"\(sku)","owner":"\(owner)","quantity":1}]}
                """)
        }
        func count(at location: String) -> Question {
            step(
                """
                {"event":"count","count":{"reference":"c","location":"\(location)","sku":"melon","owner":"yimaqiao",\
                "quantity":1}}
                """)
        }
        func away(_ lot: ID<Lot>) -> Question {
            step(
                #"{"event":"put_away","put_away":{"reference":"p","lot":"\#(lot)","location":"C-01","quantity":9}}"#,
                of: "waits")
        }
        let tooMuch = #"{"reference":"q","lot":"\#(waiting)","location":"S-01"}"#
        return [
            step(#"{"event":"put_away","put_away":\#(tooMuch)}"#, of: "waits"),
            step(#"{"event":"finish"}"#, of: "nowhere"), announcement("melon", "yimaqiao", at: "x"),
            announcement("x", "yimaqiao"), announcement("melon", "x"), announcement("lihe-2", "yimaqiao"),
            step(#"{"event":"arrive","warehouse":"main"}"#), step(#"{"event":"release"}"#), count(at: "x"),
            count(at: "X-01"), announcement("melon", "yimaqiao"), step(#"{"event":"release"}"#, of: "old"), away(lot),
            away(waiting),
        ]
    }
}
