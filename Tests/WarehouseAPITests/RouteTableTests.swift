import CloudWarehouse
import FoundationEssentials
import HTTPServer
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The route table", .onDatabase, .serialized)
struct RouteTableTests {
    /// One question that succeeds, for every operation: a route without one fails the test below.
    private static let questions: [String: (question: Question, status: Int)] = [
        "alive": (.get("/livez"), 200),
        "ready": (.get("/readyz"), 200),
        "openAPI": (.get("/openapi.json"), 200),
        "docs": (.get("/docs"), 200),
        "docsStyle": (.get("/docs.css"), 200),
        "listStock": (.get("/v1/stock"), 200),
        "stockOfSKU": (.get("/v1/stock/melon"), 200),
        "placeOrder": (.order(#"{"source":"s","reference":"r","lines":[{"sku":"melon","quantity":1}]}"#), 201),
        "placeOrders": (
            .post(
                #"{"orders":[{"source":"s","reference":"b","lines":[{"sku":"melon","quantity":1}]}]}"#,
                to: "/v1/orders/batch"), 200
        ),
        "listOrders": (.get("/v1/orders"), 200),
        "showOrder": (.get("/v1/orders/ID"), 200),
        "payOrder": (.post("", to: "/v1/orders/ID/pay", as: nil), 200),
        "claimOrder": (.post("", to: "/v1/orders/BOUGHT/claim", as: nil), 200),
        "editOrder": (.put(#"{"lines":[{"sku":"melon","quantity":1}]}"#, to: "/v1/orders/HELD/lines"), 200),
        "reduceOrder": (.post(#"{"lines":[{"line":1,"quantity":1}]}"#, to: "/v1/orders/HELD/reduce"), 200),
        "readdressOrder": (
            .put(
                #"{"name":"李四","phone":"13912345678","region":"上海市","address":"南京路 1 号"}"#,
                to: "/v1/orders/BOUGHT/recipient"), 200
        ),
        "amendOrder": (.put(#"{"seller_note":"加冰袋"}"#, to: "/v1/orders/BOUGHT/terms"), 200),
        "lockOrder": (.post("", to: "/v1/orders/BOUGHT/refund-lock", as: nil), 200),
        "unlockOrder": (.post("", to: "/v1/orders/BOUGHT/refund-unlock", as: nil), 200),
        "revealRecipient": (.get("/v1/orders/ID/recipient"), 200),
        "cancelOrder": (.post("", to: "/v1/orders/ID/cancel", as: nil), 200),
        "listOwners": (.get("/v1/owners"), 200),
        "addOwner": (.post(#"{"code":"o","name":"品牌","kind":"brand"}"#, to: "/v1/owners"), 201),
        "listWarehouses": (.get("/v1/warehouses"), 200),
        "addWarehouse": (.post(#"{"code":"w","name":"二仓"}"#, to: "/v1/warehouses"), 201),
        "listLocations": (.get("/v1/warehouses/main/locations"), 200),
        "addLocation": (
            .post(#"{"code":"B-01","storage_class":"frozen"}"#, to: "/v1/warehouses/main/locations"), 201
        ),
        "changeLocation": (.put(#"{"storage_class":"chilled"}"#, to: "/v1/warehouses/main/locations/A-01"), 200),
        "listZones": (.get("/v1/warehouses/main/zones"), 200),
        "addZone": (.post(#"{"code":"B","name":"冷藏区"}"#, to: "/v1/warehouses/main/zones"), 201),
        "changeZone": (.put(#"{"name":"常温区"}"#, to: "/v1/warehouses/main/zones/Z"), 200),
        "listProducts": (.get("/v1/products"), 200),
        "showProduct": (.get("/v1/products/melon"), 200),
        "putProduct": (
            .put(#"{"name":"礼盒","owner":"yimaqiao","unit":"piece"}"#, to: "/v1/products/gift"), 201
        ),
        "showComponents": (.get("/v1/products/melon/components"), 200),
        "putComponents": (.put(#"{"components":[]}"#, to: "/v1/products/melon/components"), 200),
        "showLimit": (.get("/v1/products/melon/limit"), 200),
        "putLimit": (.put(#"{"quantity":null}"#, to: "/v1/products/melon/limit"), 200),
        "showSourcing": (.get("/v1/products/melon/sourcing"), 200),
        "listLots": (.get("/v1/lots"), 200),
        "listMovements": (.get("/v1/movements"), 200),
        "adjustStock": (
            .post(
                #"{"reference":"a","kind":"lost","lot":"LOT","warehouse":"main","location":"A-01","quantity":1,"note":"n"}"#,
                to: "/v1/movements"), 201
        ),
        "reverseMovement": (.post(#"{"note":"n"}"#, to: "/v1/movements/MOVEMENT/reversal"), 201),
        "listEvents": (.get("/v1/events"), 200),
        "overlay": (.get("/v1/overlay"), 200),
        "keepPicture": (
            .post(#"{"count":"RK-1","content":"\#(RouteGuide.samplePicture)"}"#, to: "/v1/inbounds/RK-1/pictures"), 201
        ),
        "showPicture": (.get("/v1/inbounds/RK-1/pictures/\(RouteGuide.sampleDigest)"), 200),
        "listLoadings": (.get("/v1/loadings"), 200),
        "showLoading": (.get("/v1/loadings/XH-1"), 200),
        "stepLoading": (
            .post(#"{"event":"plan","plan":{"kind":"unload","warehouse":"main"}}"#, to: "/v1/loadings/XH-2/steps"), 200
        ),
        "reportLoadings": (.get("/v1/loading-report"), 200),
        "listInbounds": (.get("/v1/inbounds"), 200),
        "listWaves": (.get("/v1/waves"), 200),
        "planWave": (
            .post(#"{"code":"W-1201","terms":{"warehouse":"main","kind":"single","source":"shop"}}"#, to: "/v1/waves"),
            200
        ),
        "previewWave": (.post(#"{"warehouse":"main","kind":"single"}"#, to: "/v1/wave-previews"), 200),
        "showWave": (.get("/v1/waves/W-1201"), 200),
        "listParcels": (.get("/v1/waves/W-1201/parcels"), 200),
        "stepWave": (.post(#"{"event":"release"}"#, to: "/v1/waves/W-1201/steps"), 200),
        "pickForWave": (
            .post(#"{"reference":"p1","location":"A-01","lot":"LOT"}"#, to: "/v1/waves/W-1201/picks"), 200
        ),
        "stepParcels": (.post(#"{"event":"pack","scans":[{"scan":"W-1201-2"}]}"#, to: "/v1/parcels/steps"), 200),
        "showManifest": (.get("/v1/manifests/JJ-1201"), 200),
        "showToday": (.get("/v1/today"), 200),
        "showInbound": (.get("/v1/inbounds/RK-1"), 200),
        "stepInbound": (.post(#"{"event":"arrive","warehouse":"main"}"#, to: "/v1/inbounds/RK-9/steps"), 200),
        "listTransfers": (.get("/v1/transfers?warehouse=main&late=true"), 200),
        "showTransfer": (.get("/v1/transfers/DB-1"), 200),
        "stepTransfer": (.post(#"{"event":"approve"}"#, to: "/v1/transfers/DB-1/steps"), 200),
        "suggestTransfers": (.get("/v1/warehouses/north/transfer-suggestions"), 200),
        "listCounts": (.get("/v1/counts?warehouse=main"), 200),
        "showCount": (.get("/v1/counts/PD-1"), 200),
        "stepCount": (
            .post(#"{"event":"plan","plan":{"warehouse":"main","location":"A-01"}}"#, to: "/v1/counts/PD-2/steps"), 200
        ),
        "dueCounts": (.get("/v1/warehouses/main/due-counts"), 200),
        "listShrinkage": (.get("/v1/shrinkage?from=2026-01-01&through=2026-12-31"), 200),
        "receiveDelivery": (
            .post(
                #"""
                {"reference":"r","warehouse":"main","location":"A-01","lines":[
                    {"sku":"melon","owner":"yimaqiao","quantity":1}]}
                """#, to: "/v1/inbounds"), 201
        ),
    ]

    /// The order that the questions with an ID are about.
    private static let order = """
        {"source":"s","reference":"id","lines":[{"sku":"melon","quantity":1}],"recipient":{"name":"王小明",\
        "phone":"13812345678","region":"浙江省杭州市","address":"文三路 90 号"}}
        """

    private func routes(of shop: Shop) -> [Route] {
        WarehouseAPI.routes(shop.services, readiness: shop.readiness)
    }

    @Test("every route is asked through both doors, and its answer is as declared", arguments: Door.allCases)
    func everyRoute(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10, rice: 500)
            _ = try await shop.base.stock.addZone(
                code: ZoneCode("Z"), in: Melons.warehouse, name: Name("常温区"), by: shop.base.principal)
            let (point, delivery) = (
                Picture(Array(Data(base64Encoded: RouteGuide.samplePicture)!))!, ReceiptReference(rawValue: "RK-1")!
            )
            _ = try await shop.base.stock.keep(point, of: delivery, in: delivery, by: shop.base.principal)
            let unloading = LoadingTask.plan(LoadingPlan(kind: .unload, warehouse: Melons.warehouse))
            _ = try await shop.base.stock.handle(
                unloading, of: ReceiptReference(rawValue: "XH-1")!, by: shop.base.principal)
            try await shop.base.prepareTransfers(["DB-1"])
            try await shop.base.prepareCount("PD-1")
            let placed = try await shop.ask(.order(Self.order))
            guard case .string(let id)? = try placed.json()["id"] else {
                Issue.record("no id: \(placed.text)")
                return
            }
            let unpaid = #"{"source":"s","reference":"held","hold_seconds":60,"lines":[{"sku":"melon","quantity":1}]}"#
            guard case .string(let held)? = try await shop.ask(.order(unpaid)).json()["id"] else {
                Issue.record("no unpaid order")
                return
            }
            let bought = unpaid.replacing(#""hold_seconds":60,"#, with: "").replacing("held", with: "bought")
            guard case .string(let bought)? = try await shop.ask(.order(bought)).json()["id"] else {
                Issue.record("no paid order")
                return
            }
            try await shop.fulfilled()
            let (lot, movement) = (
                try await shop.base.lot(of: Melons.melon), try await shop.base.movement(of: Melons.rice)
            )
            let routes = routes(of: shop)
            #expect(Set(routes.map(\.operation)) == Set(Self.questions.keys))
            for route in routes {
                let (question, status) = try #require(Self.questions[route.operation], "\(route.operation) has no test")
                #expect(question.method == route.method)
                #expect(Self.fits(question.target, route.path))
                var asked = question
                for (name, value) in ["ID": id, "HELD": held, "BOUGHT": bought, "MOVEMENT": movement] {
                    asked.target = asked.target.replacing(name, with: value)
                }
                asked.body = Array(String(decoding: question.body, as: UTF8.self).replacing("LOT", with: lot).utf8)
                if route.audience == .overlays { asked = asked.showing(.token(try await shop.overlay())) }
                let answer = try await shop.ask(asked)
                #expect(answer.status == status, "\(route.operation)")
                #expect(answer[.contentType] == route.formats[0].contentType)
                if route.answer != nil { _ = try answer.json() }
            }
        }
    }

    @Test("operations and paths are each there once")
    func noDoubles() async throws {
        try await Shop.with(.inProcess) { shop in
            let routes = routes(of: shop)
            #expect(Set(routes.map(\.operation)).count == routes.count)
            #expect(Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count)
            #expect(routes.allSatisfy { $0.body == nil || $0.method == .post || $0.method == .put })
        }
    }

    private static func fits(_ target: String, _ path: String) -> Bool {
        let segments = { (text: String) in text.prefix { $0 != "?" }.split(separator: "/") }
        return segments(target).count == segments(path).count
            && zip(segments(target), segments(path)).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }
}
