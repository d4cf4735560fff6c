extension RouteGuide {
    /// Counting.
    static let counts: [String: RouteGuide] = [
        "stepCount": RouteGuide(
            chinese: "盘点单的下一步：计划、清点、说明、盘完、审核、取消。重复同一步得到同样的应答。",
            notes: PageText(
                en: """
                    Work goes on meanwhile: what is counted is held against what the ledger has at that moment, and only the \
                    difference is posted. What is missing is explained before it is approved; what orders have been promised is \
                    not taken away from them.
                    """,
                zh: "不停工：清点数与当时的账面数相比，只过账差异。短少须说明原因才能审核；已答应给订单的货不会被拿走。"),
            path: ["reference": "PD-20261123-02"],
            body: #"{"event":"plan","plan":{"warehouse":"main","location":"C-01"}}"#,
            answer: #"{"id":"\#(sampleID)","reference":"PD-20261123-02","state":"planned","needs_recount":false}"#),
        "listCounts": RouteGuide(
            chinese: "盘点单，最新在前，分页，可按仓库筛选。", query: [("warehouse", "main")],
            answer: """
                {"counts":[{"id":"\(sampleID)","reference":"PD-20261123-02","state":"planned","warehouse":"main",\
                "location":"C-01","blind":true,"tolerance":200}]}
                """),
        "showCount": RouteGuide(
            chinese: "一张盘点单及其明细；盲盘的账面数盘完才公布。", path: ["reference": "PD-20261123-02"],
            answer: """
                {"count":{"id":"\(sampleID)","reference":"PD-20261123-02","state":"planned","warehouse":"main",\
                "location":"C-01","blind":true,"tolerance":200},"lines":[]}
                """),
        "dueCounts": RouteGuide(
            chinese: "一个仓库到期该盘的 SKU，货值越高盘得越勤。", path: ["warehouse": "main"],
            answer: #"{"due":[{"sku":"tiangua-5jin","name":"伊马乔大棚甜瓜 5斤(盒)","class":"a"}]}"#),
        "listShrinkage": RouteGuide(
            chinese: "盘点发现的短少，按原因和责任人。", query: [("from", "2026-11-01")],
            answer: """
                {"shrinkage":[{"sku":"tiangua-5jin","unit":"piece","owner":"yimaqiao","warehouse":"main",\
                "reason":"spoiled","answerable":"王师傅","missing":3}]}
                """),
    ]
}
