extension RouteGuide {
    /// Loading and unloading.
    static let loading: [String: RouteGuide] = [
        "listLoadings": RouteGuide(
            chinese: "装卸单，最新在前，分页，可按状态和仓库筛选。", query: [("state", "planned"), ("limit", "5")],
            answer: """
                {"loadings":[{"id":"\(sampleID)","reference":"XH-20261123-01","kind":"unload","warehouse":"main",\
                "state":"planned"}]}
                """),
        "showLoading": RouteGuide(
            chinese: "一张装卸单：关于什么，谁在做，装卸了多少。", path: ["reference": "XH-20261123-01"],
            answer: """
                {"loading":{"id":"\(sampleID)","reference":"XH-20261123-01","kind":"unload","warehouse":"main",\
                "state":"planned"},"workers":[]}
                """),
        "stepLoading": RouteGuide(
            chinese: "装卸单的下一步：安排、开工、完工、取消。重复同一步得到同样的应答。",
            notes: PageText(
                en: """
                    A loading goes from `plan` by `start` to `finish`, or is cancelled before it is done. Times are the \
                    database's unless they are said: then they lie at most 7 days back.
                    """,
                zh: "先 `plan`，再 `start`，最后 `finish`；完工之前可以取消。时刻以数据库为准，也可以写明，最早 7 天前。"),
            path: ["reference": "XH-20261123-01"],
            body: #"{"event":"plan","plan":{"kind":"unload","warehouse":"main"}}"#,
            answer: #"{"id":"\#(sampleID)","reference":"XH-20261123-01","state":"planned"}"#),
        "reportLoadings": RouteGuide(
            chinese: "基地一天的装卸：按单，按人。",
            notes: PageText(
                en: """
                    A loading counts on the day at the base on which it ended. As CSV there is a row for each person of each \
                    loading, with their share.
                    """,
                zh: "按基地当地的完工日期统计。CSV 中每单每人一行，附其分摊的数量。"),
            query: [("day", "2026-11-23")], answer: #"{"day":"2026-11-23","loadings":[],"people":[]}"#),
    ]
}
