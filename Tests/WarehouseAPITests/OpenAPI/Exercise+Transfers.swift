import CloudWarehouse
import Postgres
import WarehouseTesting

extension Exercise {
    /// A warehouse in the north with a warm place, and transfers there: one that is approved, and one on the road with five boxes
    /// of the lot, which stands at `location`.
    static func transfers(in base: TestBase, of lot: ID<Lot>, from location: LocationCode) async throws {
        let (north, by) = (try WarehouseCode("north"), base.principal)
        _ = try await base.stock.addWarehouse(code: north, name: try Name("北仓"), by: by)
        _ = try await base.stock.addLocation(code: LocationCode("N-01"), in: north, storageClass: .ambient, by: by)
        func step(_ reference: String, _ task: TransferTask) async throws {
            _ = try await base.stock.handle(task, of: ReceiptReference(rawValue: reference)!, by: by)
        }
        func request(_ skus: [String]) throws -> TransferTask {
            .request(
                try TransferRequest(
                    from: Melons.warehouse, to: north,
                    lines: try skus.map {
                        ExpectedGoods(sku: try SKUCode($0), owner: Melons.owner, quantity: try Quantity(9))
                    }))
        }
        try await step("approved", request(["tiangua-5jin", "gift"]))
        try await step("approved", .approve)
        try await step("road", request(["tiangua-5jin"]))
        try await step("road", .approve)
        let pick = try TransferPick(
            reference: ReceiptReference(rawValue: "p")!, lot: lot, location: location, quantity: try Quantity(5))
        for task in [.pick(pick), .load, .depart(expectedAt: nil)] as [TransferTask] { try await step("road", task) }
    }

    /// Steps that are refused, each for a reason of its own.
    func transferSteps() -> [Question] {
        func step(_ body: String, of reference: String) -> Question {
            .post(body, to: "/v1/transfers/\(reference)/steps")
        }
        func request(_ sku: String, _ owner: String, from: String = "main", of reference: String = "new") -> Question {
            step(
                """
                {"event":"request","request":{"from":"\(from)","to":"north","lines":[{"sku":"\(sku)","owner":"\(owner)",\
                "quantity":1}]}}
                """, of: reference)
        }
        func pick(_ lot: String, at location: String = "C-01", quantity: Int = 1) -> Question {
            step(
                """
                {"event":"pick","pick":{"reference":"p","lot":"\(lot)","location":"\(location)","quantity":\(quantity)}}
                """, of: "approved")
        }
        let arrival = #""reference":"a","lot":"\#(lot)","received":5,"location":"N-01""#
        return [
            step(#"{"event":"approve"}"#, of: "nowhere"), step(#"{"event":"load"}"#, of: "approved"),
            request("melon", "yimaqiao", from: "x"), request("x", "yimaqiao"), request("melon", "x"),
            request("lihe-2", "yimaqiao"), request("melon", "yimaqiao", of: "road"),
            pick("00000000-0000-7000-8000-000000000000"), pick("\(lot)", at: "x"), pick("\(lot)", at: "X-01"),
            pick("\(lot)", quantity: 5_000), pick("\(lot)", at: "A-01"), pick("\(promised)", quantity: 9),
            step(#"{"event":"arrive","arrival":{\#(arrival)}}"#, of: "road"),
        ]
    }
}
