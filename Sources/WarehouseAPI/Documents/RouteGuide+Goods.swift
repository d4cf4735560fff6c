extension RouteGuide {
    private static let box = #""category":{"code":"gifts","name":"礼盒"},"price":{"fen":9900,"per":1}"#
    private static let listedComponent =
        #"{"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece","quantity":2}"#
    private static let level = """
        {"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece","warehouse":"main","owner":"yimaqiao",\
        "available":993,"sellable":1000,"held":2,"committed":5,"allotted":0,"version":6}
        """

    /// Products, deliveries, lots, movements and stock.
    static let goods: [String: RouteGuide] = [
        "listProducts": RouteGuide(
            chinese: "SKU，按编码排序，分页；合作社只看到自己的。", query: [("limit", "2")],
            answer: """
                {"products":[{"sku":"jinchan-500g","name":"台孙金蝉 速冻500克(盒)","owner":"taisun","unit":"piece",\
                "category":{"code":"specialities","name":"特产"},"price":{"fen":8800,"per":1}}],"next":"jinchan-500g"}
                """),
        "showProduct": RouteGuide(
            chinese: "一个 SKU。", path: ["sku": "zaodao-san"],
            answer: """
                {"sku":"zaodao-san","name":"平安五彩早稻米 散装","owner":"pingan","unit":"gram",\
                "category":{"code":"grain","name":"粮食"},"price":{"fen":650,"per":500}}
                """),
        "putProduct": RouteGuide(
            chinese: "新建 SKU，或更改其名称、类别和标价。合作社可更改自己的，也可新建编码为“自己的编码:词”的 SKU。",
            notes: PageText(
                en: "201 says that it is new, 200 that it was there. What is left out stays as it is.",
                zh: "201 表示新建，200 表示原已存在。没写的内容保持不变。"),
            path: ["sku": "lihe-2"], body: #"{"name":"甜瓜礼盒 2只(盒)","owner":"yimaqiao","unit":"piece",\#(box)}"#,
            answer: #"{"sku":"lihe-2","name":"甜瓜礼盒 2只(盒)","owner":"yimaqiao","unit":"piece",\#(box)}"#),
        "showComponents": RouteGuide(
            chinese: "礼盒的组成；不是礼盒则为空。", path: ["sku": "lihe-2"], answer: #"{"components":[\#(listedComponent)]}"#),
        "putComponents": RouteGuide(
            chinese: "设定礼盒的组成，取代原来的。",
            notes: PageText(
                en: """
                    A set is taken apart when it is ordered, and orders keep what it was made of then. It has no stock of \
                    its own: a SKU of which goods were received does not become one.
                    """,
                zh: "下单时礼盒拆成各组成，订单保留当时的组成。礼盒没有自己的库存：收过货的 SKU 不能设为礼盒。"),
            path: ["sku": "lihe-2"], body: #"{"components":[{"sku":"tiangua-5jin","quantity":2}]}"#,
            answer: #"{"components":[\#(listedComponent)]}"#),
        "showLimit": RouteGuide(
            chinese: "一个 SKU 每位买家限购多少。", path: ["sku": "lihe-2"],
            answer: #"{"quantity":3,"since":"2026-11-23T08:09:10.123456Z"}"#),
        "putLimit": RouteGuide(
            chinese: "设定一个 SKU 每位买家限购多少，或取消限购。",
            notes: PageText(
                en: """
                    A new limit counts orders from now on; another quantity goes on counting. An order of a limited SKU \
                    names its `buyer`. Whoever has more than is allowed now keeps it.
                    """,
                zh: "新设的限购从现在起计数；改数量则继续计数。限购 SKU 的订单须写明 `buyer`。已超出的买家保留已购。"),
            path: ["sku": "lihe-2"], body: #"{"quantity":3}"#,
            answer: #"{"quantity":3,"since":"2026-11-23T08:09:10.123456Z"}"#),
        "showSourcing": RouteGuide(
            chinese: "几个库存池都有货时，一个 SKU 的订单按什么规则取货。",
            notes: PageText(
                en: """
                    An order that one warehouse can serve is never split for a rule's sake. Each line of an order tells by \
                    its `reason` which criteria decided.
                    """,
                zh: "能一仓发齐的订单绝不因规则而拆分。订单每行的 `reason` 说明由哪些标准决定。"),
            path: ["sku": "tiangua-5jin"],
            answer:
                #"{"criteria":["earliest_expiry","quota"],"shares":[{"warehouse":"main","owner":"yimaqiao","weight":3}]}"#
        ),
        "receiveDelivery": RouteGuide(
            chinese: "收一批货入库，要么全收，要么不收。相同单号得到相同应答。",
            notes: PageText(
                en: """
                    Lots, ledger, balances and what can be sold change at once. A line without a date of expiry keeps. \
                    What has expired is refused with the whole delivery, unless `accept_expired` says that it is meant: \
                    then it is set aside, where nobody can buy it.
                    """,
                zh: """
                    批次、台账、结存和可售数量同时变化。没有到期日的行视为不会过期。\
                    有已过期的货则整批拒收，除非写明 `accept_expired`：此时列为待检，不可售。
                    """),
            body: """
                {"reference":"RK-20261123-01","warehouse":"main","location":"C-01","lines":[\
                {"sku":"tiangua-5jin","owner":"yimaqiao","quantity":40,"harvested_on":"2026-11-22",\
                "expires_on":"2036-11-30","grade":"特级"},{"sku":"zaodao-san","owner":"pingan","quantity":25000}]}
                """,
            answer: """
                {"id":"\(sampleID)","reference":"RK-20261123-01","received_at":"2026-11-23T08:09:10.123456Z"}
                """),
        "listInbounds": RouteGuide(
            chinese: "入库单，最新在前，分页，可按状态、货主、仓库和日期筛选；合作社只看到有自己货物的。",
            query: [("state", "announced"), ("limit", "5")],
            answer: """
                {"inbounds":[{"id":"\(sampleID)","reference":"RK-20261123-02","state":"announced","warehouse":"main"}]}
                """),
        "showInbound": RouteGuide(
            chinese: "一张入库单：进展、预约与实收、批次，以及建议上架的库位；合作社只看到自己的货。", path: ["reference": "RK-20261123-02"],
            answer: """
                {"id":"\(sampleID)","reference":"RK-20261123-02","state":"announced","tallies":[{"sku":"tiangua-5jin",\
                "name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece","owner":"yimaqiao","expected":400,"received":0,"rejected":0}],\
                "lots":[],"suggestions":[],"pictures":[]}
                """),
        "stepInbound": RouteGuide(
            chinese: "入库单的下一步：预约、到货、清点、撤销清点、收完、放行、上架、取消。重复同一步得到同样的应答。",
            notes: PageText(
                en: "What is counted is held until it is released: only then can it be sold.",
                zh: "清点收下的货列为待检，放行之后才可销售。"),
            path: ["reference": "RK-20261123-02"],
            body: """
                {"event":"announce","warehouse":"main","lines":[{"sku":"tiangua-5jin","owner":"yimaqiao","quantity":400}]}
                """,
            answer: """
                {"id":"\(sampleID)","reference":"RK-20261123-02","state":"announced"}
                """),
        "keepPicture": RouteGuide(
            chinese: "保存一张清点的照片，作为拒收等的凭证。同一清点的同一张照片只存一次。",
            notes: PageText(
                en:
                    "What it is, its bytes say. A count has at most 20 pictures; its `picture` may name one by its digest.",
                zh: "类型由字节判断。每次清点最多 20 张；清点的 `picture` 可以写照片的摘要。"),
            path: ["reference": "RK-20261123-01"],
            body: #"{"count":"RK-20261123-01","content":"\#(samplePicture)"}"#,
            answer: """
                {"digest":"\(sampleDigest)","media_type":"image/png","bytes":70,"count":"RK-20261123-01"}
                """),
        "showPicture": RouteGuide(
            chinese: "一张清点的照片；合作社只看到自己货物的。",
            path: ["reference": "RK-20261123-01", "digest": sampleDigest]),
        "listLots": RouteGuide(
            chinese: "批次及其所在，最新在前，分页，可按 SKU 和货主筛选；合作社只看到自己的。",
            query: [("sku", "tiangua-5jin"), ("limit", "5")],
            answer: """
                {"lots":[{"id":"\(sampleID)","sku":"tiangua-5jin","unit":"piece","owner":"yimaqiao",\
                "harvested_on":"2026-11-22","expires_on":"2026-12-02","grade":"特级","status":"released",\
                "standings":[{"warehouse":"main","location":"C-01","quality":"good","on_hand":1000}]}]}
                """, keeps: ("LOT", "id")),
        "listMovements": RouteGuide(
            chinese: "台账，最新在前，分页，可按 SKU 筛选；合作社只看到自己货物的。", query: [("limit", "5")],
            answer: """
                {"movements":[{"id":"\(sampleID)","recorded_at":"2026-11-23T08:09:10.123456Z","sku":"tiangua-5jin",\
                "unit":"piece","owner":"yimaqiao","lot":"\(sampleID)","quantity":1000,"from":{"kind":"supplier",\
                "location":"supplier","quality":"good"},"to":{"kind":"storage","warehouse":"main","location":"C-01",\
                "quality":"good"},"reason":"receipt"}]}
                """),
        "adjustStock": RouteGuide(
            chinese: "手工调整库存。相同单号得到相同应答。",
            notes: PageText(
                en: """
                    One row of the ledger is written, with its balances and what can be sold. What orders have been \
                    promised is not taken away from them.
                    """,
                zh: "写一行台账，结存和可售数量随之变化。已答应给订单的货不会被拿走。"),
            body: """
                {"reference":"PD-20261123-01","kind":"lost","lot":"$LOT","warehouse":"main","location":"C-01",\
                "quantity":2,"note":"压烂了"}
                """,
            answer: #"{"movement":"\#(sampleID)","recorded_at":"2026-11-23T08:09:10.123456Z"}"#,
            keeps: ("MOVEMENT", "movement")),
        "reverseMovement": RouteGuide(
            chinese: "冲正一行台账：再记一行相反的，只冲正一次。",
            notes: PageText(
                en: "The row itself stays. Rows of orders are not taken back so: cancel the order.",
                zh: "原来的一行保留。订单的台账行不能这样冲正：请取消订单。"),
            path: ["movement": "$MOVEMENT"], body: #"{"note":"记错了"}"#,
            answer: #"{"movement":"\#(sampleID)","recorded_at":"2026-11-23T08:10:11.123456Z"}"#),
        "listStock": RouteGuide(
            chinese: "每个 SKU 在各仓库、各货主名下的库存，分页。", query: [("limit", "10")],
            answer: #"{"levels":[\#(level)],"next":"tiangua-5jin main yimaqiao"}"#),
        "stockOfSKU": RouteGuide(
            chinese: "一个 SKU 在各仓库、各货主名下的库存。",
            notes: PageText(
                en: """
                    `available` is what can still be sold: `sellable` less `held`, `committed` and `allotted`. Ask again \
                    with `If-None-Match`: nothing new is 304 and costs next to nothing.
                    """,
                zh: """
                    `available` 是还能卖的数量：`sellable` 减去 `held`、`committed` 和 `allotted`。\
                    再次查询时带上 `If-None-Match`：没有变化则应答 304，几乎不费流量。
                    """),
            path: ["sku": "tiangua-5jin"], answer: #"{"levels":[\#(level)]}"#),
    ]
}
