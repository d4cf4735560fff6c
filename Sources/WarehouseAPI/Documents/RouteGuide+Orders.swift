extension RouteGuide {
    private static let summary = """
        "id":"\(sampleID)","source":"douyin","reference":"6920240001","state":"committed","total_fen":24230,\
        "placed_at":"2026-11-23T20:15:30.123456Z"
        """

    /// Orders.
    static let orders: [String: RouteGuide] = [
        "placeOrder": RouteGuide(
            chinese: "下单，要么全部成交，要么不成交。相同单号得到相同应答。",
            notes: PageText(
                en: """
                    A `reference` stands for one order of its source for ever: the same again is answered alike, another \
                    body under it is 409. After 503, whatever its code, send the same again. With `hold_seconds` the \
                    stock is held until the order is paid or the time is over; without, the order is paid. A source's \
                    token may leave out `source`.
                    """,
                zh: """
                    同一来源的一个 `reference` 永远代表同一订单：原样重发得到相同应答，内容不同则为 409。\
                    遇到 503，无论代码，都请原样重发。带 `hold_seconds` 时库存保留到付款或超时为止；不带则视为已付款。\
                    来源的令牌可以省略 `source`。
                    """),
            body: """
                {"source":"douyin","reference":"6920240001","hold_seconds":900,"lines":[{"sku":"tiangua-5jin",\
                "quantity":2},{"sku":"zaodao-san","quantity":12500,"price":{"fen":650,"per":500}}]}
                """,
            answer: """
                {"id":"\(sampleID)","reference":"6920240001","total_fen":24230,\
                "placed_at":"2026-11-23T20:15:30.123456Z","state":"held","held_until":"2026-11-23T20:30:30.123456Z"}
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
                {\(summary),"lines":[{"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece",\
                "warehouse":"main","owner":"yimaqiao","quantity":2,"price":{"fen":3990,"per":1},"amount_fen":7980,\
                "claim":"committed"}],"recipient":{"mask":"王** 138****5678 浙江省杭州市","region":"浙江省杭州市"}}
                """),
        "payOrder": RouteGuide(
            chinese: "标记订单已付款：保留的库存变为占用。重发得到相同应答。", path: ["id": "$ORDER"], answer: "{\(summary)}"),
        "cancelOrder": RouteGuide(
            chinese: "取消订单并归还其占用的库存。重发得到相同应答。", path: ["id": "$ORDER"],
            answer: "{\(summary.replacing("committed", with: "cancelled"))}"),
        "revealRecipient": RouteGuide(
            chinese: "订单收件人的明文；查询者会被记录。", path: ["id": "$ORDER"],
            answer: #"{"name":"王小明","phone":"13812345678","region":"浙江省杭州市","address":"文三路 90 号"}"#),
    ]
}
