import CloudWarehouse
import HTTPTypes

@testable import WarehouseAPI

/// What each role gets of each route, own things and those of others.
enum AudienceMatrix {
    /// What a role gets of a route.
    enum Right {
        /// Everybody's things.
        case all
        /// Its own; others' are answered like what is missing.
        case own
        /// Nothing: 403.
        case none
    }

    /// A route's row.
    struct Row {
        /// What succeeds for whoever may ask at all.
        let own: Question
        /// The same about what belongs to another owner or source.
        var foreign: Question?
        /// The same about what there is not; how `foreign` is answered to whoever sees only what is its own.
        var missing: Question?
        /// What an answer about others' things says, and an answer about one's own does not.
        var mark: String?
        /// What is answered about what there is not.
        var missingStatus = 404
        /// Whether it is for keys of overlays, and for nobody's role.
        var isForOverlays = false
        /// For every role, or nil where nobody has to say who they are.
        let rights: [Role: Right]?
    }

    private static let readers: [Role: Right] = [
        .cooperative: .own, .warehouse: .all, .host: .all, .controller: .all, .source: .all, .operator: .all,
    ]
    private static let orderers: [Role: Right] = [
        .cooperative: .none, .warehouse: .none, .host: .none, .controller: .none, .source: .own, .operator: .all,
    ]
    private static let keepers: [Role: Right] = [
        .cooperative: .none, .warehouse: .all, .host: .none, .controller: .none, .source: .own, .operator: .all,
    ]
    private static let packers: [Role: Right] = [
        .cooperative: .none, .warehouse: .all, .host: .none, .controller: .none, .source: .none, .operator: .all,
    ]
    private static let everybody: [Role: Right] = [
        .cooperative: .all, .warehouse: .all, .host: .all, .controller: .all, .source: .all, .operator: .all,
    ]
    private static let operators: [Role: Right] = [
        .cooperative: .none, .warehouse: .none, .host: .none, .controller: .none, .source: .none, .operator: .all,
    ]
    private static let listers: [Role: Right] = [
        .cooperative: .own, .warehouse: .none, .host: .none, .controller: .none, .source: .none, .operator: .all,
    ]
    private static let storers: [Role: Right] = [
        .cooperative: .own, .warehouse: .all, .host: .none, .controller: .none, .source: .none, .operator: .all,
    ]
    private static let followers: [Role: Right] = [
        .cooperative: .own, .warehouse: .all, .host: .none, .controller: .none, .source: .own, .operator: .all,
    ]
    private static let watchers: [Role: Right] = [
        .cooperative: .none, .warehouse: .all, .host: .none, .controller: .all, .source: .none, .operator: .all,
    ]
    private static let nobody = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, Right.none) })
    static let other = OrderSource(rawValue: "erp")!

    static func order(source: String) -> Question {
        .order(#"{"source":"\#(source)","reference":"1","lines":[{"sku":"melon","quantity":1}]}"#)
    }

    private static func orders(source: String) -> Question {
        .post(
            #"{"orders":[{"source":"\#(source)","reference":"2","lines":[{"sku":"melon","quantity":1}]}]}"#,
            to: "/v1/orders/batch")
    }

    /// A row about one order: `ID` in the target stands for an order that was placed for this operation.
    private static func row(
        _ method: HTTPRequest.Method, _ suffix: String, body: String? = nil, mark: String? = nil,
        _ rights: [Role: Right]
    ) -> Row {
        func question(_ id: String) -> Question {
            let target = "/v1/orders/\(id)\(suffix)"
            guard let body else { return Question(method: method, target: target) }
            return method == .put ? .put(body, to: target) : .post(body, to: target)
        }
        return Row(
            own: question("ID-shop"), foreign: question("ID-erp"),
            missing: question("00000000-0000-7000-8000-000000000000"), mark: mark, rights: rights)
    }

    /// Waves and parcels hold everybody's goods.
    private static func waves(_ body: String, to target: String) -> Row {
        Row(own: .post(body, to: target), foreign: .post(body, to: target), rights: packers)
    }

    private static func owner(_ code: String) -> Question {
        .post(#"{"code":"\#(code)","name":"品牌","kind":"brand"}"#, to: "/v1/owners")
    }

    private static func warehouse(_ code: String) -> Question {
        .post(#"{"code":"\#(code)","name":"二仓"}"#, to: "/v1/warehouses")
    }

    private static func location(_ code: String) -> Question {
        .post(#"{"code":"\#(code)","storage_class":"frozen"}"#, to: "/v1/warehouses/main/locations")
    }

    private static func changed(_ code: String) -> Question {
        .put(#"{"storage_class":"chilled"}"#, to: "/v1/warehouses/main/locations/\(code)")
    }

    private static func zone(_ code: String) -> Question {
        .post(#"{"code":"\#(code)","name":"冷藏区"}"#, to: "/v1/warehouses/main/zones")
    }

    private static func renamed(_ code: String) -> Question {
        .put(#"{"name":"冷藏区"}"#, to: "/v1/warehouses/main/zones/\(code)")
    }

    private static func product(_ code: String, of owner: String) -> Question {
        .put(#"{"name":"名称","owner":"\#(owner)","unit":"piece"}"#, to: "/v1/products/\(code)")
    }

    private static func picture(_ reference: String) -> Question {
        .post(
            #"{"count":"\#(reference)","content":"\#(RouteGuide.samplePicture)"}"#,
            to: "/v1/inbounds/\(reference)/pictures")
    }

    private static func unloading(_ number: String) -> Question {
        .post(
            """
            {"event":"plan","plan":{"kind":"unload","warehouse":"main","subject":{"kind":"inbound",\
            "reference":"RK-\(number)"}}}
            """, to: "/v1/loadings/XH-\(number)/steps")
    }

    private static func delivery(_ reference: String, of owner: String) -> Question {
        .post(
            """
            {"reference":"D-\(reference)","warehouse":"main","location":"A-01","lines":[{"sku":"melon",\
            "owner":"\(owner)","quantity":1}]}
            """, to: "/v1/inbounds")
    }

    private static func adjustment(_ reference: String, of lot: String) -> Question {
        .post(
            """
            {"reference":"A-\(reference)","kind":"found","lot":"\(lot)","warehouse":"main","location":"A-01",\
            "quantity":1,"note":"盘点"}
            """, to: "/v1/movements")
    }

    /// Takes the delivery of taro back: once for all, so that everybody gets the same answer.
    private static let reversal = Question.post(#"{"note":"收错"}"#, to: "/v1/movements/MOVEMENT/reversal")

    /// A row for every operation: a route without one fails.
    static let rows: [String: Row] = [
        "alive": Row(own: .get("/livez"), rights: nil),
        "ready": Row(own: .get("/readyz"), rights: nil),
        "openAPI": Row(own: .get("/openapi.json"), rights: nil), "docs": Row(own: .get("/docs"), rights: nil),
        "docsStyle": Row(own: .get("/docs.css"), rights: nil),
        "listStock": Row(own: .get("/v1/stock"), foreign: .get("/v1/stock"), mark: "taro", rights: readers),
        "stockOfSKU": Row(
            own: .get("/v1/stock/melon"), foreign: .get("/v1/stock/taro"), missing: .get("/v1/stock/durian"),
            mark: "taro", rights: readers),
        "placeOrder": Row(own: order(source: "shop"), foreign: order(source: "erp"), rights: orderers),
        "placeOrders": Row(own: orders(source: "shop"), foreign: orders(source: "erp"), rights: orderers),
        "listOrders": Row(
            own: .get("/v1/orders"), foreign: .get("/v1/orders"), mark: #""source":"erp""#, rights: keepers),
        "showOrder": row(.get, "", mark: #""source":"erp""#, keepers),
        "payOrder": row(.post, "/pay", mark: #""source":"erp""#, orderers),
        "cancelOrder": row(.post, "/cancel", mark: #""source":"erp""#, orderers),
        "claimOrder": row(.post, "/claim", mark: #""source":"erp""#, orderers),
        "editOrder": row(
            .put, "/lines", body: #"{"lines":[{"sku":"melon","quantity":1}]}"#, mark: #""source":"erp""#, orderers),
        "reduceOrder": row(
            .post, "/reduce", body: #"{"lines":[{"line":1,"quantity":1}]}"#, mark: #""source":"erp""#, orderers),
        "readdressOrder": row(
            .put, "/recipient", body: #"{"name":"王五","phone":"13912345678","region":"上海市","address":"南京路 1 号"}"#,
            mark: #""source":"erp""#, orderers),
        "amendOrder": row(.put, "/terms", body: #"{"seller_note":"加冰袋"}"#, mark: #""source":"erp""#, orderers),
        "lockOrder": row(.post, "/refund-lock", mark: #""source":"erp""#, orderers),
        "unlockOrder": row(.post, "/refund-unlock", mark: #""source":"erp""#, orderers),
        "revealRecipient": row(.get, "/recipient", mark: "李四", packers),
        "listOwners": Row(own: .get("/v1/owners"), foreign: .get("/v1/owners"), mark: "pingan", rights: readers),
        "addOwner": Row(own: owner("o1"), foreign: owner("o2"), rights: operators),
        "listWarehouses": Row(own: .get("/v1/warehouses"), foreign: .get("/v1/warehouses"), rights: everybody),
        "addWarehouse": Row(own: warehouse("w1"), foreign: warehouse("w2"), rights: operators),
        "listLocations": Row(
            own: .get("/v1/warehouses/main/locations"), foreign: .get("/v1/warehouses/main/locations"),
            rights: everybody),
        "addLocation": Row(own: location("l1"), foreign: location("l2"), rights: operators),
        "changeLocation": Row(
            own: changed("A-01"), foreign: changed("A-01"), missing: changed("Z-9"), rights: operators),
        "listZones": Row(
            own: .get("/v1/warehouses/main/zones"), foreign: .get("/v1/warehouses/main/zones"), rights: everybody),
        "addZone": Row(own: zone("z1"), foreign: zone("z2"), rights: operators),
        "changeZone": Row(own: renamed("Z"), foreign: renamed("Z"), missing: renamed("Y"), rights: operators),
        "listProducts": Row(own: .get("/v1/products"), foreign: .get("/v1/products"), mark: "taro", rights: readers),
        "showProduct": Row(
            own: .get("/v1/products/melon"), foreign: .get("/v1/products/taro"), missing: .get("/v1/products/durian"),
            mark: "taro", rights: readers),
        "putProduct": Row(
            own: product("melon", of: "yimaqiao"), foreign: product("taro", of: "pingan"),
            missing: product("durian", of: "pingan"), mark: "taro", missingStatus: 403, rights: listers),
        "showComponents": Row(
            own: .get("/v1/products/melon/components"), foreign: .get("/v1/products/taro/components"),
            missing: .get("/v1/products/durian/components"), rights: readers),
        "putComponents": Row(
            own: .put(#"{"components":[]}"#, to: "/v1/products/melon/components"),
            foreign: .put(#"{"components":[]}"#, to: "/v1/products/taro/components"),
            missing: .put(#"{"components":[]}"#, to: "/v1/products/durian/components"), rights: operators),
        "showLimit": Row(
            own: .get("/v1/products/melon/limit"), foreign: .get("/v1/products/taro/limit"),
            missing: .get("/v1/products/durian/limit"), rights: readers),
        "putLimit": Row(
            own: .put(#"{"quantity":null}"#, to: "/v1/products/melon/limit"),
            foreign: .put(#"{"quantity":null}"#, to: "/v1/products/taro/limit"),
            missing: .put(#"{"quantity":null}"#, to: "/v1/products/durian/limit"), rights: operators),
        "showSourcing": Row(
            own: .get("/v1/products/melon/sourcing"), foreign: .get("/v1/products/taro/sourcing"),
            missing: .get("/v1/products/durian/sourcing"), rights: watchers),
        "listLots": Row(own: .get("/v1/lots"), foreign: .get("/v1/lots"), mark: "taro", rights: storers),
        "listMovements": Row(
            own: .get("/v1/movements"), foreign: .get("/v1/movements"), mark: "taro", rights: storers),
        "adjustStock": Row(
            own: adjustment("1", of: "LOT-own"), foreign: adjustment("2", of: "LOT-other"), rights: packers),
        "reverseMovement": Row(own: reversal, foreign: reversal, rights: packers),
        "listEvents": Row(own: .get("/v1/events"), foreign: .get("/v1/events"), rights: followers),
        "overlay": Row(own: .get("/v1/overlay"), isForOverlays: true, rights: nobody),
        "showInbound": Row(
            own: .get("/v1/inbounds/RK-1"), foreign: .get("/v1/inbounds/RK-2"), missing: .get("/v1/inbounds/durian"),
            rights: storers),
        "listInbounds": Row(
            own: .get("/v1/inbounds"), foreign: .get("/v1/inbounds"), mark: "RK-2", rights: storers),
        "keepPicture": Row(own: picture("RK-1"), foreign: picture("RK-2"), rights: packers),
        "showPicture": Row(
            own: .get("/v1/inbounds/RK-1/pictures/\(RouteGuide.sampleDigest)"),
            foreign: .get("/v1/inbounds/RK-2/pictures/\(RouteGuide.sampleDigest)"),
            missing: .get("/v1/inbounds/durian/pictures/\(RouteGuide.sampleDigest)"), rights: storers),
        "listLoadings": Row(own: .get("/v1/loadings"), foreign: .get("/v1/loadings"), rights: packers),
        "showLoading": Row(own: .get("/v1/loadings/XH-1"), foreign: .get("/v1/loadings/XH-2"), rights: packers),
        "stepLoading": Row(own: unloading("1"), foreign: unloading("2"), rights: packers),
        "reportLoadings": Row(
            own: .get("/v1/loading-report"), foreign: .get("/v1/loading-report"), rights: packers),
        "stepInbound": Row(
            own: .post(#"{"event":"release"}"#, to: "/v1/inbounds/RK-1/steps"),
            foreign: .post(#"{"event":"release"}"#, to: "/v1/inbounds/RK-2/steps"),
            missing: .post(#"{"event":"release"}"#, to: "/v1/inbounds/durian/steps"), rights: packers),
        "listTransfers": Row(
            own: .get("/v1/transfers"), foreign: .get("/v1/transfers?warehouse=main"), rights: packers),
        "showTransfer": Row(
            own: .get("/v1/transfers/DB-1"), foreign: .get("/v1/transfers/DB-2"),
            missing: .get("/v1/transfers/durian"), rights: packers),
        "stepTransfer": Row(
            own: .post(#"{"event":"approve"}"#, to: "/v1/transfers/DB-1/steps"),
            foreign: .post(#"{"event":"approve"}"#, to: "/v1/transfers/DB-2/steps"),
            missing: .post(#"{"event":"approve"}"#, to: "/v1/transfers/durian/steps"), rights: packers),
        "suggestTransfers": Row(
            own: .get("/v1/warehouses/main/transfer-suggestions"),
            foreign: .get("/v1/warehouses/north/transfer-suggestions"),
            missing: .get("/v1/warehouses/durian/transfer-suggestions"), rights: packers),
        "listCounts": Row(own: .get("/v1/counts"), foreign: .get("/v1/counts?warehouse=main"), rights: packers),
        "showCount": Row(
            own: .get("/v1/counts/PD-1"), foreign: .get("/v1/counts/PD-1"), missing: .get("/v1/counts/durian"),
            rights: packers),
        "stepCount": Row(
            own: .post(#"{"event":"plan","plan":{"warehouse":"main","sku":"melon"}}"#, to: "/v1/counts/PD-2/steps"),
            foreign: .post(#"{"event":"plan","plan":{"warehouse":"main","sku":"taro"}}"#, to: "/v1/counts/PD-3/steps"),
            rights: packers),
        "dueCounts": Row(
            own: .get("/v1/warehouses/main/due-counts"), foreign: .get("/v1/warehouses/main/due-counts"),
            missing: .get("/v1/warehouses/durian/due-counts"), rights: packers),
        "listShrinkage": Row(
            own: .get("/v1/shrinkage"), foreign: .get("/v1/shrinkage?from=2026-01-01"), rights: packers),
        "listWaves": Row(own: .get("/v1/waves"), foreign: .get("/v1/waves?limit=1"), rights: packers),
        "planWave": waves(
            #"{"code":"W-1201","terms":{"warehouse":"main","kind":"single","source":"shop"}}"#, to: "/v1/waves"),
        "previewWave": waves(#"{"warehouse":"main","kind":"multi"}"#, to: "/v1/wave-previews"),
        "showWave": Row(own: .get("/v1/waves/W-1201"), foreign: .get("/v1/waves/W-1201"), rights: packers),
        "listParcels": Row(
            own: .get("/v1/waves/W-1201/parcels"), foreign: .get("/v1/waves/W-1201/parcels"), rights: packers),
        "stepWave": waves(#"{"event":"release"}"#, to: "/v1/waves/W-1201/steps"),
        "pickForWave": waves(
            #"{"reference":"p1","location":"A-01","lot":"LOT-own"}"#, to: "/v1/waves/W-1201/picks"),
        "stepParcels": waves(#"{"event":"pack","scans":[{"scan":"W-1201-2"}]}"#, to: "/v1/parcels/steps"),
        "showManifest": Row(
            own: .get("/v1/manifests/JJ-1201"), foreign: .get("/v1/manifests/JJ-1201"), rights: packers),
        "showToday": Row(own: .get("/v1/today"), foreign: .get("/v1/today"), rights: packers),
        "receiveDelivery": Row(
            own: delivery("1", of: "yimaqiao"), foreign: delivery("2", of: "pingan"), rights: packers),
    ]
}
