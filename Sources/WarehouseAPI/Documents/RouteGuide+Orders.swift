extension RouteGuide {
    private static let summary = """
        "id":"\(sampleID)","source":"douyin","reference":"6920240001","state":"committed","total_fen":24230,\
        "placed_at":"2026-11-23T20:15:30.123456Z","revision":0
        """

    private static let lines = """
        "lines":[{"line":1,"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece",\
        "place":{"warehouse":"main","owner":"yimaqiao"},"quantity":2,"price":{"fen":3990,"per":1},"amount_fen":7980,\
        "claim":"committed"}]
        """

    /// Orders.
    static let orders: [String: RouteGuide] = [
        "placeOrder": RouteGuide(
            chinese: "下单，要么全部成交，要么不成交。相同单号得到相同应答。",
            notes: PageText(
                en: """
                    A `reference` stands for one order of its source for ever: the same again is answered alike, another \
                    body under it is 409. After 503, whatever its code, send the same again. With `hold_seconds` the \
                    stock is held until the order is paid or the time is over; without, the order is paid. An order that \
                    was `sold_elsewhere` already is never refused for want of goods: it is placed as `paid_short`. A \
                    source's token may leave out `source`.
                    """,
                zh: """
                    同一来源的一个 `reference` 永远代表同一订单：原样重发得到相同应答，内容不同则为 409。\
                    遇到 503，无论代码，都请原样重发。带 `hold_seconds` 时库存保留到付款或超时为止；不带则视为已付款。\
                    已在别处售出（`sold_elsewhere`）的订单不会因缺货被拒，而是记为 `paid_short`。来源的令牌可以省略 `source`。
                    """),
            body: """
                {"source":"douyin","reference":"6920240001","hold_seconds":900,"lines":[{"sku":"tiangua-5jin",\
                "quantity":2},{"sku":"zaodao-san","quantity":12500,"price":{"fen":650,"per":500}}]}
                """,
            answer: """
                {"id":"\(sampleID)","reference":"6920240001","total_fen":24230,\
                "placed_at":"2026-11-23T20:15:30.123456Z","state":"held","held_until":"2026-11-23T20:30:30.123456Z"}
                """, keeps: ("ORDER", "id")),
        "placeOrders": RouteGuide(
            chinese: "一次下最多 1,000 单，各自独立，逐单应答。",
            notes: PageText(
                en: """
                    Each order is placed or refused as if it were sent alone, in this order, and the answer is 200 whatever \
                    became of them: look at each result. After a failure send the same again: nothing is placed twice.
                    """,
                zh: "每单如同单独发送一样成交或被拒，按此顺序；无论结果如何应答都是 200，请逐单查看。失败后原样重发，不会重复下单。"),
            body: """
                {"orders":[{"source":"douyin","reference":"6920240101","lines":[{"sku":"tiangua-5jin","quantity":1}]},\
                {"source":"douyin","reference":"6920240102","lines":[{"sku":"durian","quantity":1}]}]}
                """,
            answer: """
                {"results":[{"reference":"6920240101","order":{"id":"\(sampleID)","reference":"6920240101",\
                "total_fen":3990,"placed_at":"2026-11-23T20:15:30.123456Z","state":"committed"}},\
                {"reference":"6920240102","problem":{"status":422,"code":"unknown_sku",\
                "detail":"durian: there is no such SKU",\
                "errors":[{"pointer":"/lines/0/sku","code":"unknown_sku","detail":"durian: there is no such SKU"}]}}]}
                """),
        "listOrders": RouteGuide(
            chinese: "订单，最新在前，分页；也可按来源和单号查一单。",
            notes: PageText(
                en: "A page with a filter may be short, or empty, and have a next one: go on while there is `next`.",
                zh: "带筛选的一页可能不满甚至为空，却还有下一页：只要有 `next` 就继续。"),
            query: [("source", "douyin"), ("limit", "20")],
            answer: #"{"orders":[{\#(summary)}],"next":"\#(sampleID)"}"#),
        "showOrder": RouteGuide(
            chinese: "一个订单及其各行；收件人已打码。", path: ["id": "$ORDER"],
            answer: """
                {\(summary),\(lines),"recipient":{"mask":"王** 138****5678 浙江省杭州市","region":"浙江省杭州市"}}
                """),
        "payOrder": RouteGuide(
            chinese: "标记订单已付款：保留的库存变为占用。重发得到相同应答。", path: ["id": "$ORDER"], answer: "{\(summary)}"),
        "cancelOrder": RouteGuide(
            chinese: "取消订单并归还其占用的库存。重发得到相同应答。", path: ["id": "$ORDER"],
            answer: "{\(summary.replacing("committed", with: "cancelled"))}"),
        "claimOrder": RouteGuide(
            chinese: "为已付款但缺货的订单再次认领货物。",
            notes: PageText(
                en: "With all its goods it is `committed`; else it stays `paid_short`, which is no failure.",
                zh: "货齐则为 `committed`；否则仍为 `paid_short`，这不是失败。"),
            path: ["id": "$ORDER"], answer: "{\(summary)}"),
        "editOrder": RouteGuide(
            chinese: "修改未付款订单的各行，要么全部改成，要么不改。重发得到相同应答。",
            notes: PageText(
                en: """
                    The lines are those that the order is to have, all of them. A SKU that it had keeps its price unless a \
                    line says another; the hold ends when it would have ended.
                    """,
                zh: "请给出订单应有的全部各行。原有 SKU 沿用原价，除非该行另写价格；保留到期时间不变。"),
            path: ["id": "$ORDER"],
            body: #"{"lines":[{"sku":"tiangua-5jin","quantity":3}]}"#,
            answer:
                "{\(summary.replacing("committed", with: "held").replacing("\"revision\":0", with: "\"revision\":1"))}"),
        "reduceOrder": RouteGuide(
            chinese: "部分取消：写明某行剩余多少。重发得到相同应答。",
            path: ["id": "$ORDER"],
            body: #"{"lines":[{"line":1,"quantity":1}]}"#,
            answer: "{\(summary.replacing("\"revision\":0", with: "\"revision\":1"))}"),
        "readdressOrder": RouteGuide(
            chinese: "更正收件人，打包之前均可。",
            notes: PageText(
                en: "The addresses before are kept, encrypted, until all are erased together; the last one counts.",
                zh: "以前的地址加密保留，直到一并清除；以最后一个为准。"),
            path: ["id": "$ORDER"],
            body: #"{"name":"王小明","phone":"13812345678","region":"浙江省杭州市","address":"文三路 92 号"}"#,
            answer: "{\(summary),\(lines)}"),
        "amendOrder": RouteGuide(
            chinese: "写明发货时限，补充卖家备注；未写的保持不变。", path: ["id": "$ORDER"],
            body: #"{"ship_by":"2030-12-01T18:00:00+08:00","seller_note":"加冰袋"}"#,
            answer: #"{\#(summary),\#(lines),"terms":{"ship_by":"2030-12-01T10:00:00.000000Z","seller_note":"加冰袋"}}"#),
        "lockOrder": RouteGuide(
            chinese: "买家申请退款：该单不得发出。重发得到相同应答。", path: ["id": "$ORDER"],
            answer: #"{\#(summary),\#(lines),"refund_lock":"2026-11-23T20:20:00.000000Z"}"#),
        "unlockOrder": RouteGuide(
            chinese: "退款已处理或已撤回：该单可以发出。重发得到相同应答。", path: ["id": "$ORDER"], answer: "{\(summary),\(lines)}"),
        "revealRecipient": RouteGuide(
            chinese: "订单收件人的明文；查询者会被记录。", path: ["id": "$ORDER"],
            answer: #"{"name":"王小明","phone":"13812345678","region":"浙江省杭州市","address":"文三路 90 号"}"#),
    ]
}
