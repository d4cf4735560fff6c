import CloudWarehouse
import HTTPTypes
import JSON
import Postgres
import Testing
import WarehouseTesting

@testable import WarehouseAPI

/// What is asked of each route, so that everything that the document says of it happens.
struct Exercise {
    let shop: Shop
    /// An order with a recipient, that the examples about an order are about.
    let order: String
    /// Orders that are held, by a buyer who is named and by one who is not, short of goods, and cancelled: for what is done
    /// only to such.
    let held: String
    let ofNobody: String
    let reducible: String
    let amendable: String
    let short: String
    let cancelled: String
    /// The lot that the examples about a lot are about.
    let lot: ID<Lot>
    /// A lot that orders have been promised all of.
    let promised: ID<Lot>
    /// A lot that waits at a dock to be put away.
    let waiting: ID<Lot>
    /// A lot that has expired.
    let expired: ID<Lot>
    /// A row of the ledger that can be taken back, and some that cannot: by their problems' codes.
    let movements: [String: ID<LedgerEntry>]
    /// A token of each role.
    let tokens: [Role: TokenText]
    /// The key of an overlay.
    let key: TokenText
    /// An operator's browser.
    let session: TokenText

    /// A base in which the examples of the documents work.
    static func prepare(_ shop: Shop) async throws -> Exercise {
        try await shop.base.stockMelons(1_000, rice: 1_000)
        let (base, by) = (shop.base, shop.base.principal)
        let (chilled, pingan) = (try LocationCode("C-01"), try OwnerCode("pingan"))
        _ = try await base.stock.addLocation(code: chilled, in: Melons.warehouse, storageClass: .chilled, by: by)
        _ = try await base.stock.addZone(code: ZoneCode("C"), in: Melons.warehouse, name: Name("冷藏"), by: by)
        _ = try await base.stock.addZone(code: ZoneCode("X"), in: Melons.warehouse, name: Name("旧区"), by: by)
        _ = try await base.stock.changeZone(ZoneCode("X"), in: Melons.warehouse, isClosed: true, by: by)
        _ = try await base.stock.addZone(code: ZoneCode("U"), in: Melons.warehouse, name: Name("在用"), by: by)
        _ = try await base.stock.addLocation(
            code: LocationCode("U-01"), in: Melons.warehouse,
            terms: LocationTerms(storageClass: .ambient, zone: ZoneCode("U")), by: by)
        _ = try await base.catalog.addOwner(code: pingan, name: Name("平安五彩早稻"), kind: .cooperative, by: by)
        let (box, loose, gift) = (try SKUCode("tiangua-5jin"), try SKUCode("zaodao-san"), try SKUCode("gift"))
        let price = try Price(fen: Fen(rawValue: 3_990), per: Quantity(1))
        let entries = [
            CatalogEntry(code: box, name: try Name("伊马乔大棚甜瓜 5斤(盒)"), unit: .piece, price: price),
            CatalogEntry(code: gift, name: try Name("农副产品6件套"), unit: .piece),
            CatalogEntry(code: try SKUCode("limited"), name: try Name("限购甜瓜"), unit: .piece, price: price),
        ]
        _ = try await base.catalog.importEntries(entries, of: Melons.owner, by: by)
        let grain = CatalogEntry(code: loose, name: try Name("平安五彩早稻米 散装"), unit: .gram)
        _ = try await base.catalog.importEntries([grain], of: pingan, by: by)
        let delivery = try Receipt(
            reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse, location: chilled,
            lines: [
                Receipt.Line(sku: box, owner: Melons.owner, quantity: try Quantity(1_000)),
                Receipt.Line(sku: loose, owner: pingan, quantity: try Quantity(800_000)),
                Receipt.Line(sku: gift, owner: Melons.owner, quantity: try Quantity(9)),
            ])
        _ = try await base.stock.receive(delivery, by: by)
        try await shop.fulfilled(box, at: chilled)
        _ = try await base.stock.addLocation(
            code: LocationCode("PX-01"), in: Melons.warehouse,
            terms: LocationTerms(storageClass: .chilled, purpose: .packing, isClosed: true), by: by)
        var tokens: [Role: TokenText] = [:]
        for role in Role.allCases { tokens[role] = try await base.token(role) }
        let placed = try await shop.ask(.order(order("with recipient", sku: "tiangua-5jin", more: recipient)))
        guard case .string(let id)? = try placed.json()["id"] else { throw NoOrder(answer: placed.text) }
        let gifts = #"[{"sku":"gift","quantity":9,"price":{"fen":9900,"per":1}}]"#
        _ = try await shop.ask(.order(#"{"source":"shop","reference":"gifts","lines":\#(gifts)}"#))
        func place(_ reference: String, _ more: String) async throws -> String {
            let body = Self.order(reference, sku: "tiangua-5jin", quantity: 2, more: more)
            guard case .string(let id)? = try await shop.ask(.order(body)).json()["id"] else {
                throw NoOrder(answer: body)
            }
            return id
        }
        let cancelled = try await place("cancelled", "")
        _ = try await shop.ask(.post("", to: "/v1/orders/\(cancelled)/cancel", as: nil))
        // Each SKU of a fact is claimed or short: of the other there is nothing left.
        let fact = #"[{"sku":"gift","quantity":1,"price":{"fen":9900,"per":1}}]"#
        let answer = try await shop.ask(
            .order(#"{"source":"shop","reference":"fact","sold_elsewhere":true,"lines":\#(fact)}"#))
        guard case .string(let short)? = try answer.json()["id"] else { throw NoOrder(answer: answer.text) }
        try await base.owner.execute(
            sql: "INSERT INTO buyer_limit SELECT id, 2, now() - interval '1 day' FROM sku WHERE code = 'limited'")
        // Planned, and not released.
        _ = try await shop.services.stock.fulfilment.plan(
            WaveCode("W-1202"), WaveTerms(warehouse: Melons.warehouse, kind: .single), by: by)
        let movements = try await movements(in: base, promised: gift)
        try await transfers(in: base, of: try #require(try await base.stock.lots(of: box).lots.first).id, from: chilled)
        try await counts(in: base, of: try #require(try await base.stock.lots(of: gift).lots.first).id, at: chilled)
        return Exercise(
            shop: shop, order: id,
            held: try await place("held", #","hold_seconds":600,"terms":{"buyer":"b-1"}"#),
            ofNobody: try await place("of nobody", #","hold_seconds":600"#),
            reducible: try await place("reducible", #","hold_seconds":600"#),
            amendable: try await place("amendable", ""), short: short,
            cancelled: cancelled, lot: try #require(try await base.stock.lots(of: box).lots.first).id,
            promised: try #require(try await base.stock.lots(of: gift).lots.first).id,
            waiting: try await deliveries(in: base),
            expired: try await expired(in: base), movements: movements, tokens: tokens,
            key: try await shop.overlay(), session: try await shop.session(.operator))
    }

    private struct NoOrder: Error {
        let answer: String
    }

    private static let recipient = """
        ,"recipient":{"name":"王小明","phone":"13812345678","region":"浙江省杭州市","address":"文三路 90 号"}
        """

    private static func order(_ reference: String, sku: String, quantity: Int = 1, more: String = "") -> String {
        """
        {"source":"shop","reference":"\(reference)","lines":[{"sku":"\(sku)","quantity":\(quantity)}]\(more)}
        """
    }

    // MARK: The questions

    /// The example of the documents, exactly.
    func example(of route: Route) throws -> Question {
        let guide = try #require(RouteGuide.all[route.operation], "\(route.operation) has no guide")
        let order =
            switch route.operation {
            case "editOrder": held
            case "reduceOrder": reducible
            case "readdressOrder", "amendOrder", "lockOrder", "unlockOrder": amendable
            case "claimOrder": short
            default: order
            }
        let ids = ["ORDER": order, "LOT": lot.description, "MOVEMENT": movements[""]?.description]
        func filled(_ text: String) -> String { RouteGuide.filled(text) { ids[$0].flatMap { $0 } ?? "" } }
        let target = filled(CurlExample(route, guide).target)
        if let body = guide.body.map(filled) {
            return route.method == .put ? .put(body, to: target) : .post(body, to: target)
        }
        let question = Question(method: route.method, target: target)
        return route.audience == .overlays ? question.showing(.token(key)) : question
    }

    /// What any route may be asked that it does not answer as was wished.
    func wrong(_ example: Question, _ route: Route) -> [Question] {
        var questions: [Question] = []
        if case .roles(let roles) = route.audience {
            questions += [example.showing(.nothing), example.showing(.fields(["Bearer yc.x.y"]))]
            for (role, token) in tokens where !roles.contains(role) { questions.append(example.showing(.token(token))) }
        }
        if route.audience == .overlays {
            questions += [example.showing(.nothing), example.showing(.operator), example.browsing(session)]
        }
        if route.method != .get {
            var question = example.browsing(session, origin: nil)
            question.fields.append((.origin, "https://elsewhere.example"))
            questions.append(question)
        }
        let queries = ["force=1", "limit=0", "limit=1&limit=1", "after=%00", "state=gone", "sku=a%20b", "owner="]
        for query in queries {
            var question = example
            question.target += question.target.contains("?") ? "&" + query : "?" + query
            questions.append(question)
        }
        if route.path.contains("{") {
            for name in ["durian", "%00", "a%20b", "00000000-0000-7000-8000-000000000000"] {
                var question = example
                question.target =
                    "/"
                    + zip(
                        route.path.split(separator: "/"), example.target.prefix { $0 != "?" }.split(separator: "/")
                    ).map { $0.hasPrefix("{") ? name : String($1) }.joined(separator: "/")
                questions.append(question)
            }
        }
        var picture = example
        picture.fields.append((.accept, "image/png"))
        questions.append(picture)
        if route.problems.contains(.preconditionFailed) {
            var question = example
            question.fields.append((.ifMatch, "\"another state\""))
            questions.append(question)
        }
        return questions + wrongBodies(example, route)
    }

    /// Bodies that are none, and the example's with each member in turn missing, null, of another type and doubled in size.
    private func wrongBodies(_ example: Question, _ route: Route) -> [Question] {
        guard route.body != nil else {
            guard route.method == .post else { return [] }
            return [.post("{}", to: example.target)]
        }
        var bodies = ["", "{", "{}", "[]", "null", #"{"more":1}"#]
        if let value = try? JSONType<JSONValue>.any.read(example.body), case .object(let members) = value {
            for index in members.indices {
                for other in [nil, JSONValue.null, .boolean(true), .string(""), .integer(-1), .array([])] {
                    var changed = members
                    if let other { changed[index].value = other } else { changed.remove(at: index) }
                    bodies.append(String(decoding: JSONType<JSONValue>.any.bytes(of: .object(changed)), as: UTF8.self))
                }
            }
        }
        return bodies.map { body in
            var question = example
            question.body = Array(body.utf8)
            return question
        }
            + ["text/plain", "application/json; charset=gbk"].map { type in
                var question = example
                question.fields = [(.contentType, type)]
                return question
            }
    }

    /// What the base, and not the form, refuses or answers otherwise.
    func special(_ route: Route) throws -> [Question] {
        let cooperative = Showing.token(try #require(tokens[.cooperative]))
        let source = Showing.token(try #require(tokens[.source]))
        let line = #"{"sku":"melon","owner":"yimaqiao","quantity":1}"#
        func delivery(_ reference: String, _ warehouse: String, _ location: String, _ lines: String) -> Question {
            .post(
                #"{"reference":"\#(reference)","warehouse":"\#(warehouse)","location":"\#(location)","lines":[\#(lines)]}"#,
                to: "/v1/inbounds")
        }
        func correction(
            _ reference: String, of other: String? = nil, at place: (String, String) = ("main", "C-01"),
            quantity: Int = 1, kind: String = "lost"
        ) -> Question {
            .post(
                """
                {"reference":"\(reference)","kind":"\(kind)","lot":"\(other ?? lot.description)","warehouse":"\(place.0)",\
                "location":"\(place.1)","quantity":\(quantity),"note":"压烂了"}
                """, to: "/v1/movements")
        }
        func product(_ code: String, owner: String, unit: String = "piece") -> Question {
            .put(#"{"name":"甜瓜","owner":"\#(owner)","unit":"\#(unit)"}"#, to: "/v1/products/\(code)")
        }
        func recipe(_ set: String, of component: String) -> Question {
            .put(#"{"components":[{"sku":"\#(component)","quantity":2}]}"#, to: "/v1/products/\(set)/components")
        }
        func location(_ method: HTTPRequest.Method, zone: String) -> Question {
            let path = "/v1/warehouses/main/locations"
            return method == .put
                ? .put(#"{"storage_class":"chilled","zone":"\#(zone)"}"#, to: path + "/A-01")
                : .post(#"{"code":"N-1","storage_class":"chilled","zone":"\#(zone)"}"#, to: path)
        }
        func edit(_ order: String, _ lines: String, _ more: String = "") -> Question {
            .put(#"{"lines":[\#(lines)]\#(more)}"#, to: "/v1/orders/\(order)/lines")
        }
        func reduction(_ order: String, _ lines: String) -> Question {
            .post(#"{"lines":[\#(lines)]}"#, to: "/v1/orders/\(order)/reduce")
        }
        let tooDear = #"[{"sku":"melon","quantity":10000000,"price":{"fen":1000000000000,"per":1}}]"#
        return switch route.operation {
        case "placeOrder":
            [
                .order(Self.order("7", sku: "limited")),
                .order(Self.order("8", sku: "limited", quantity: 3, more: #","terms":{"buyer":"b-2"}"#)),
                .order(Self.order("1", sku: "durian")), .order(Self.order("2", sku: "gift")),
                .order(Self.order("3", sku: "melon", quantity: 5_000)),
                .order(Self.order("with recipient", sku: "melon")),
                .order(#"{"source":"s","reference":"4","lines":\#(tooDear)}"#),
                .order(Self.order("5", sku: "melon").replacing("shop", with: "erp")).showing(source),
                .order(
                    Self.order("6", sku: "melon", more: #","hold_seconds":60"#).replacing(
                        #""source":"shop","#, with: "")
                )
                .showing(source),
            ]
        case "receiveDelivery":
            [
                delivery("1", "x", "A-01", line), delivery("2", "main", "x", line),
                delivery("3", "main", "A-01", line.replacing("melon", with: "x")),
                delivery("4", "main", "A-01", line.replacing("yimaqiao", with: "x")),
                delivery("6", "main", "A-01", line.replacing("melon", with: "lihe-2")),
                delivery("RK-2", "main", "A-01", line), delivery("7", "main", "X-01", line),
                delivery("5", "main", "A-01", line.dropLast() + #","expires_on":"2020-01-31"}"#),
            ]
        case "showInbound": [.get("/v1/inbounds/RK-2"), .get("/v1/inbounds/nowhere")]
        case "stepInbound": inboundSteps()
        case "stepLoading": Self.loadingSteps
        case "showPicture":
            [
                .get("/v1/inbounds/RK-20261123-01/pictures/\(RouteGuide.sampleDigest)").with(.accept, "text/plain")
            ]
        case "keepPicture":
            [
                .post(#"{"count":"x","content":"\#(RouteGuide.samplePicture)"}"#, to: "/v1/inbounds/RK-2/pictures"),
                .post(#"{"count":"RK-2","content":"AAAA"}"#, to: "/v1/inbounds/RK-2/pictures"),
            ]
        case "showLoading": [.get("/v1/loadings/nowhere")]
        case "showTransfer": [.get("/v1/transfers/nowhere")]
        case "stepTransfer": transferSteps()
        case "showCount": [.get("/v1/counts/nowhere")]
        case "stepCount": countSteps()
        case "planWave", "previewWave", "stepWave", "pickForWave", "stepParcels": fulfilment(route.operation)
        case "adjustStock":
            [
                correction("1", of: "00000000-0000-7000-8000-000000000000"), correction("2", at: ("x", "A-01")),
                correction("3", at: ("main", "x")), correction("4", quantity: 5_000),
                correction("7", at: ("main", "X-01"), kind: "found"),
                correction("5", of: promised.description, quantity: 9),
                correction("lost"), correction("6", of: expired.description, kind: "found"),
            ]
        case "reverseMovement":
            movements.values.map { .post(#"{"note":"记错了"}"#, to: "/v1/movements/\($0)/reversal") }
        case "putProduct":
            [
                product("melon", owner: "x"), product("melon", owner: "pingan"),
                product("melon", owner: "yimaqiao", unit: "gram"),
                product("zaodao-san", owner: "yimaqiao").showing(cooperative),
                product("new", owner: "pingan").showing(cooperative),
                product("melon", owner: "yimaqiao"),
            ]
        case "putComponents":
            [
                recipe("lihe-2", of: "tiangua-5jin"), recipe("lihe-2", of: "fig"), recipe("limited", of: "lihe-2"),
                recipe("melon", of: "tiangua-5jin"), recipe("lihe-2", of: "lihe-2"),
            ]
        case "addOwner", "addWarehouse", "addZone": [try example(of: route)]
        case "addLocation":
            [
                try example(of: route), location(.post, zone: "nowhere"), location(.post, zone: "X"),
            ]
        case "changeLocation":
            [
                location(.put, zone: "nowhere"), location(.put, zone: "X"),
                .put(
                    #"{"storage_class":"chilled","closed":true}"#, to: "/v1/warehouses/main/locations/A-01"),
            ]
        case "changeZone": [.put(#"{"name":"在用","closed":true}"#, to: "/v1/warehouses/main/zones/U")]
        case "listOrders": [.get("/v1/orders?reference=1"), .get("/v1/orders?source=shop&reference=with+recipient")]
        case "placeOrders":
            [
                .post(
                    #"{"orders":[{"source":"erp","reference":"b","lines":[{"sku":"melon","quantity":1}]}]}"#,
                    to: "/v1/orders/batch"
                ).showing(source)
            ]
        case "payOrder": [try example(of: route), .post("", to: "/v1/orders/\(cancelled)/pay", as: nil)]
        case "readdressOrder":
            [
                .put(
                    #"{"name":"李四","phone":"13912345678","region":"上海市","address":"南京路 1 号"}"#,
                    to: "/v1/orders/\(cancelled)/recipient")
            ]
        case "amendOrder":
            [
                .put(#"{"seller_note":"x"}"#, to: "/v1/orders/\(cancelled)/terms"),
                .put(#"{"ship_not_before":"2031-01-01T00:00:00Z"}"#, to: "/v1/orders/\(amendable)/terms"),
            ]
        case "lockOrder": [.post("", to: "/v1/orders/\(cancelled)/refund-lock", as: nil)]
        case "unlockOrder": [.post("", to: "/v1/orders/\(cancelled)/refund-unlock", as: nil)]
        case "claimOrder": [.post("", to: "/v1/orders/\(held)/claim", as: nil)]
        case "editOrder":
            [
                edit(order, #"{"sku":"melon","quantity":1}"#), edit(held, #"{"sku":"durian","quantity":1}"#),
                edit(held, #"{"sku":"gift","quantity":1}"#), edit(held, #"{"sku":"melon","quantity":5000}"#),
                edit(held, #"{"sku":"melon","quantity":1}"#, #","revision":99"#),
                edit(held, #"{"sku":"limited","quantity":3}"#), edit(ofNobody, #"{"sku":"limited","quantity":1}"#),
                edit(ofNobody, #"{"sku":"melon","quantity":10000000,"price":{"fen":1000000000000,"per":1}}"#),
            ]
        case "reduceOrder":
            [
                reduction(reducible, #"{"line":1,"quantity":0}"#), reduction(reducible, #"{"line":9,"quantity":0}"#),
                reduction(reducible, #"{"line":1,"quantity":99}"#), reduction(cancelled, #"{"line":1,"quantity":1}"#),
                reduction(reducible, #"{"line":1,"quantity":1},{"line":1,"quantity":1}"#),
                .post(
                    #"{"lines":[{"line":1,"quantity":0}],"revision":99}"#, to: "/v1/orders/\(amendable)/reduce"),
            ]
        case "showOrder": [.get("/v1/orders/\(order)").showing(source)]
        default: []
        }
    }
}
