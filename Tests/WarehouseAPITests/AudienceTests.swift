import CloudWarehouse
import FoundationEssentials
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

/// The matrix: each role, each route of the table, own things and those of others.
@Suite("Who may ask what", .onDatabase, .serialized)
struct AudienceTests {
    /// Melons of the usual owner and taro of another.
    private func stock(_ base: TestBase) async throws {
        try await base.stockMelons(1_000)
        _ = try await base.stock.addZone(
            code: ZoneCode("Z"), in: Melons.warehouse, name: Name("冷藏区"), by: base.principal)
        let (pingan, taro) = (try OwnerCode("pingan"), try SKUCode("taro"))
        _ = try await base.catalog.addOwner(code: pingan, name: Name("平安合作社"), kind: .cooperative, by: base.principal)
        let entry = CatalogEntry(code: taro, name: try Name("荔浦芋头"), unit: .piece)
        _ = try await base.catalog.importEntries([entry], of: pingan, by: base.principal)
        let receipt = try Receipt(
            reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse, location: Melons.location,
            lines: [Receipt.Line(sku: taro, owner: pingan, quantity: try Quantity(5))])
        _ = try await base.stock.receive(receipt, by: base.principal)
        let point = Picture(Array(Data(base64Encoded: RouteGuide.samplePicture)!))!
        for number in 1...2 {
            let reference = ReceiptReference(rawValue: "RK-\(number)")!
            _ = try await base.stock.keep(point, of: reference, in: reference, by: base.principal)
            let subject = LoadingSubject(kind: .inbound, reference: ReceiptReference(rawValue: "RK-\(number)")!)
            let plan = LoadingPlan(kind: .unload, warehouse: Melons.warehouse, subject: subject)
            _ = try await base.stock.handle(
                .plan(plan), of: ReceiptReference(rawValue: "XH-\(number)")!, by: base.principal)
        }
        try await base.prepareTransfers(["DB-1", "DB-2"])
        try await base.prepareCount("PD-1")
    }

    /// For each operation about one order an order of each source: by source and operation.
    private func placeOrders(_ shop: Shop) async throws -> [String: String] {
        var ids: [String: String] = [
            "LOT-own": try await shop.base.lot(of: Melons.melon),
            "LOT-other": try await shop.base.lot(of: SKUCode("taro")),
            "MOVEMENT": try await shop.base.movement(of: SKUCode("taro")),
        ]
        for (source, recipient) in [("shop", "张三"), ("erp", "李四")] {
            for (operation, row) in AudienceMatrix.rows where row.own.target.contains("ID-") {
                // Goods are claimed again for paid orders only.
                let hold = operation == "claimOrder" ? "" : #""hold_seconds":600,"#
                let body = """
                    {"source":"\(source)","reference":"\(operation)",\(hold)"lines":[{"sku":"melon",\
                    "quantity":1}],"recipient":{"name":"\(recipient)","phone":"13812345678","region":"浙江省",\
                    "address":"文三路 90 号"}}
                    """
                guard case .string(let id)? = try await shop.ask(.order(body)).json()["id"] else { throw NoOrder() }
                ids["\(source) \(operation)"] = id
            }
        }
        return ids
    }

    private struct NoOrder: Error {}

    /// The question about the orders that were placed for this operation.
    private func question(_ question: Question, _ operation: String, _ ids: [String: String]) -> Question {
        var question = question
        for source in ["shop", "erp"] {
            question.target = question.target.replacing("ID-\(source)", with: ids["\(source) \(operation)"] ?? "")
        }
        for name in ["LOT-own", "LOT-other", "MOVEMENT"] {
            let id = ids[name] ?? ""
            question.target = question.target.replacing(name, with: id)
            question.body = Array(String(decoding: question.body, as: UTF8.self).replacing(name, with: id).utf8)
        }
        return question
    }

    @Test("the matrix has a row for every route and a cell for every role, and says what the table says")
    func complete() async throws {
        try await Shop.with(.inProcess) { shop in
            let routes = WarehouseAPI.routes(shop.services, readiness: shop.readiness)
            #expect(Set(routes.map(\.operation)) == Set(AudienceMatrix.rows.keys))
            for route in routes {
                let row = try #require(AudienceMatrix.rows[route.operation], "\(route.operation) has no row")
                guard let rights = row.rights else {
                    #expect(route.audience == .everyone, "\(route.operation)")
                    continue
                }
                #expect(Set(rights.keys) == Set(Role.allCases), "\(route.operation)")
                let admitted = Set(rights.filter { $0.value != .none }.keys)
                #expect(route.audience == (row.isForOverlays ? .overlays : .roles(admitted)), "\(route.operation)")
            }
        }
    }

    @Test("every role gets of every route what the matrix says", arguments: Role.allCases, Door.allCases)
    func matrix(role: Role, door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop.base)
            try await shop.fulfilled()
            let showing = Showing.token(try await shop.base.token(role))
            let ids = try await placeOrders(shop)
            for (operation, row) in AudienceMatrix.rows {
                let comment = Comment("\(operation)")
                let own = try await shop.ask(question(row.own, operation, ids).showing(showing))
                if row.isForOverlays {
                    #expect(try own.problem(status: 401) == "unauthenticated", comment)
                    continue
                }
                guard let right = row.rights?[role] else {
                    #expect(own.status == 200, comment)
                    continue
                }
                guard right != .none else {
                    try expectForbidden(own, role: role, row: row, comment)
                    let foreign = try await shop.ask(
                        question(try #require(row.foreign), operation, ids).showing(showing))
                    #expect(foreign.withoutDate == own.withoutDate, comment)
                    continue
                }
                #expect([200, 201].contains(own.status), comment)
                let foreign = try await shop.ask(
                    question(try #require(row.foreign), operation, ids).showing(showing))
                if let mark = row.mark { #expect(foreign.text.contains(mark) == (right == .all), comment) }
                if right == .own, let missing = row.missing {
                    let missing = try await shop.ask(missing.showing(showing))
                    #expect(missing.status == row.missingStatus)
                    #expect(foreign.withoutDate == missing.withoutDate, comment)
                } else if right == .own, operation == "placeOrder" {
                    #expect(try foreign.problem(status: 403) == "forbidden")
                    #expect(try foreign.faults() == ["/source forbidden"])
                } else if right == .own, operation == "placeOrders" {
                    #expect(try foreign.problem(status: 403) == "forbidden")
                    #expect(try foreign.faults() == ["/orders/0/source forbidden"])
                } else {
                    #expect([200, 201].contains(foreign.status), comment)
                }
            }
            let placed = try await shop.base.number("SELECT count(*) FROM customer_order WHERE reference = '1'")
            #expect(placed == [.operator: 2, .source: 1][role, default: 0])
        }
    }

    private func expectForbidden(_ answer: Answer, role: Role, row: AudienceMatrix.Row, _ comment: Comment) throws {
        #expect(try answer.problem(status: 403) == "forbidden", comment)
        for (needed, right) in row.rights ?? [:] where right != .none {
            #expect(answer.text.contains(needed.rawValue), comment)
        }
        #expect(answer.text.contains("yours is of role \(role.rawValue)"), comment)
        #expect(answer[.wwwAuthenticate] == nil)
    }

    @Test(
        "a cooperative finds nothing of others by paging, and its pages end as if there were nothing",
        arguments: Door.allCases)
    func paging(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop.base)
            let showing = Showing.token(try await shop.base.token(.cooperative))
            #expect(try await shop.ask(.get("/v1/stock?limit=1")).text.contains(#""next":"melon main yimaqiao""#))
            for query in ["", "?limit=1", "?after=a+a+a"] {
                let answer = try await shop.ask(.get("/v1/stock" + query).showing(showing))
                #expect(answer.text.contains("melon") && !answer.text.contains("taro"), "\(query)")
                #expect(try answer.json()["next"] == nil, "\(query)")
            }
            let beyond = try await shop.ask(.get("/v1/stock?after=melon+main+yimaqiao").showing(showing))
            #expect(beyond.text == #"{"levels":[]}"#)
        }
    }

    @Test(
        "a source orders as itself whether it says so or not, and its references are its own", arguments: Door.allCases)
    func ownOrders(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop.base)
            let (shopToken, erp) = (
                Showing.token(try await shop.base.token(.source)),
                Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            )
            let unnamed = Question.order(#"{"reference":"1","lines":[{"sku":"melon","quantity":1}]}"#)
            let first = try await shop.ask(unnamed.showing(shopToken))
            #expect(first.status == 201)
            #expect(
                try await shop.ask(AudienceMatrix.order(source: "shop").showing(shopToken)).body == first.body,
                "the same order")
            #expect(try await shop.ask(AudienceMatrix.order(source: "shop")).body == first.body, "whoever asks")
            let others = try await shop.ask(unnamed.showing(erp))
            #expect(others.status == 201 && others.body != first.body, "no conflict tells of another's reference")
            let named = try await shop.ask(unnamed)
            #expect(try named.problem(status: 422) == "invalid_body", "the operator is no source")
            #expect(try named.faults() == ["/source missing_field"])
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order WHERE source = 'erp'") == 1)
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 2)
        }
    }
}
