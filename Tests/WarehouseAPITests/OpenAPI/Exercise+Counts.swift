import CloudWarehouse
import Postgres
import WarehouseTesting

extension Exercise {
    /// Counts that are counted and wait to be approved: of goods that orders have been promised (`promised`), that have expired
    /// (`old`), that have gone meanwhile (`gone`), and that were found where nothing may be put any more (`shut`).
    static func counts(in base: TestBase, of promised: ID<Lot>, at location: LocationCode) async throws {
        let by = base.principal
        func key(_ text: String) -> ReceiptReference { ReceiptReference(rawValue: text)! }
        func step(_ reference: String, _ task: StockCountTask) async throws {
            _ = try await base.stock.handle(task, of: key(reference), by: by)
        }
        func deliver(_ reference: String, expires: CalendarDate? = nil, to place: LocationCode) async throws -> ID<Lot>
        {
            let line = Receipt.Line(
                sku: Melons.rice, owner: Melons.owner, quantity: try Quantity(9), expiresOn: expires)
            let receipt = try Receipt(
                reference: key(reference), warehouse: Melons.warehouse, location: place, lines: [line])
            let received = try await base.stock.receive(receipt, acceptsExpired: true, by: by)
            guard let lot = try await base.stock.inbound(key(reference))?.lines.first?.lot else {
                throw NoLot(received)
            }
            return lot
        }
        let (old, gone, shut) = (try LocationCode("PD-old"), try LocationCode("PD-gone"), try LocationCode("PD-shut"))
        for code in [old, gone, shut] {
            let terms = LocationTerms(storageClass: .chilled, purpose: code == gone ? .receiving : .storage)
            _ = try await base.stock.addLocation(code: code, in: Melons.warehouse, terms: terms, by: by)
        }
        let expired = try await deliver("PD-old", expires: CalendarDate("2020-01-31"), to: old)
        let going = try await deliver("PD-gone", to: gone)
        for (reference, lot, place, counted, sku) in [
            ("promised", promised, location, Int64(1), true), ("old", expired, old, 5, false),
            ("gone", going, gone, 1, false),
            ("shut", going, shut, 1, false),
        ] {
            let scope: StockCountPlan.Scope = sku ? .sku(try SKUCode("gift")) : .location(place)
            try await step(reference, .plan(StockCountPlan(warehouse: Melons.warehouse, scope: scope)))
            let here = CountedPlace(lot: lot, location: place)
            for name in ["1", "2"] {
                try await step(
                    reference,
                    .count(StockCountEntry(reference: key(name), place: here, counted: try Quantity(counted))))
            }
            if reference == "old" {
                let held = CountedPlace(lot: lot, location: place, quality: .held)
                try await step(
                    reference, .count(StockCountEntry(reference: key("3"), place: held, counted: try Quantity(9))))
            }
            let explanation = StockCountExplanation(
                reference: key("e"), place: here, reason: .unknown, answerable: PlainWords(rawValue: "王师傅")!)
            try await step(reference, .explain(explanation))
            try await step(reference, .finish)
        }
        let away = PutAway(reference: key("away"), lot: going, location: old)
        _ = try await base.stock.handle(.putAway(away), of: key("PD-gone"), by: by)
        _ = try await base.stock.changeLocation(shut, in: Melons.warehouse, by: by) { $0.isClosed = true }
    }

    private struct NoLot: Error {
        let delivery: ReceivedDelivery

        init(_ delivery: ReceivedDelivery) { self.delivery = delivery }
    }

    /// Steps that are refused, each for a reason of its own.
    func countSteps() -> [Question] {
        func step(_ body: String, of reference: String = "new") -> Question {
            .post(body, to: "/v1/counts/\(reference)/steps")
        }
        func plan(_ scope: String, in warehouse: String = "main", of reference: String = "new") -> Question {
            step(#"{"event":"plan","plan":{"warehouse":"\#(warehouse)",\#(scope)}}"#, of: reference)
        }
        let approval = #"{"event":"approve"}"#
        return [
            step(approval, of: "nowhere"), plan(#""sku":"x""#), plan(#""sku":"lihe-2""#), plan(#""location":"x""#),
            plan(#""location":"C-01""#, in: "x"), plan(#""sku":"melon""#, of: "promised"),
            plan(#""location":"C-01","sku":"melon""#), plan(#""location":"A-01""#), step(approval),
            step(#"{"event":"count","count":{"reference":"c","lot":"\#(lot)","location":"A-01","counted":-1}}"#),
            step(
                """
                {"event":"count","count":{"reference":"c","lot":"00000000-0000-7000-8000-000000000000","location":"A-01",\
                "counted":1}}
                """),
            step(approval, of: "promised"), step(approval, of: "old"), step(approval, of: "gone"),
            step(approval, of: "shut"),
        ]
    }
}
