extension RouteGuide {
    private static let transfer = #""reference":"DB-20261123-01","state":"requested""#

    /// Goods between warehouses.
    static let transfers: [String: RouteGuide] = [
        "listTransfers": RouteGuide(
            chinese: "调拨单，最新在前，分页，可按仓库筛选，可只看逾期的。", query: [("late", "true")],
            answer: """
                {"transfers":[{"id":"\(sampleID)","reference":"DB-20261122-01","state":"in_transit","from":"main",\
                "to":"second","expected_at":"2026-11-22T10:00:00.000000Z","late":true}]}
                """),
        "showTransfer": RouteGuide(
            chinese: "一张调拨单及其货物，两端看到的相同。", path: ["reference": "DB-20261123-01"],
            answer: """
                {"transfer":{"id":"\(sampleID)",\(transfer),"from":"main","to":"second","late":false},\
                "lines":[{"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece","owner":"yimaqiao",\
                "requested":40,"picked":0}],"lots":[],"losses":[]}
                """),
        "stepTransfer": RouteGuide(
            chinese: "调拨单的下一步：申请、审批、拣货、装车、发车、到货、取消。重复同一步得到同样的应答。",
            notes: PageText(
                en: """
                    What is picked cannot be sold any more; what orders have been promised is not picked. It is closed when \
                    nothing is in transit. Cancelling what has departed means that the truck turns round.
                    """,
                zh: "拣下的货不再可售；已答应给订单的货不能拣。没有在途的货即完成。发车后取消即返程。"),
            path: ["reference": "DB-20261123-01"],
            body: """
                {"event":"request","request":{"from":"main","to":"second","lines":[{"sku":"tiangua-5jin",\
                "owner":"yimaqiao","quantity":40}]}}
                """,
            answer: #"{"id":"\#(sampleID)",\#(transfer)}"#),
        "suggestTransfers": RouteGuide(
            chinese: "按未完成订单的用量，建议从其他仓库调到一个仓库的货。", path: ["warehouse": "second"],
            answer: """
                {"suggestions":[{"sku":"tiangua-5jin","unit":"piece","owner":"yimaqiao","from":"main","to":"second",\
                "quantity":20}]}
                """),
    ]
}
