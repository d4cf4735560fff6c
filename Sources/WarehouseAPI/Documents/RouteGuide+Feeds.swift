extension RouteGuide {
    /// What happened, and what is shown while it does.
    static let feeds: [String: RouteGuide] = [
        "listEvents": RouteGuide(
            chinese: "发生了什么，分页读取，或一有事件就得到；各人只看到与自己有关的。",
            notes: PageText(
                en: """
                    Go on with `next` as `after`: nothing is missed. A source sees its own orders, a cooperative how much of \
                    its own goods was ordered, warehouse and operator everything. With `wait`, an empty page is not \
                    answered before something happens. With `Accept: text/event-stream` every event is sent as it \
                    happens; its `id` goes on as `Last-Event-ID` or as `after`.
                    """,
                zh: """
                    把 `next` 作为 `after` 传回继续读取，不会遗漏。来源看到自己的订单，合作社看到自己货物的订购数量，\
                    仓库和管理员看到全部。带 `wait` 时，暂无事件则等到有事件再应答。\
                    带 `Accept: text/event-stream` 时，事件发生即推送；其 `id` 可作为 `Last-Event-ID` 或 `after` 传回。
                    """),
            query: [("limit", "5")],
            answer: """
                {"events":[{"id":"1","kind":"orders.placed","recorded_at":"2026-11-23T08:09:10.123456Z",\
                "orders":["\(sampleID)"]}],"next":"1"}
                """),
        "overlay": RouteGuide(
            chinese: "直播叠加的密钥所示 SKU 还剩多少。",
            notes: PageText(
                en: "`KEY` is the key of an overlay: `yuncang overlay create`. It opens nothing else.",
                zh: "`KEY` 是叠加的密钥：`yuncang overlay create`。它不能用于别处。"),
            answer: """
                {"skus":[{"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece","available":998}]}
                """),
    ]
}
