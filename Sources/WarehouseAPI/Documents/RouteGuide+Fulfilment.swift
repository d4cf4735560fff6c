extension RouteGuide {
    private static let progress = """
        {"id":"\(sampleID)","code":"W-1201","state":"released","orders":2,"bound":2,"partial":0,"short":0,"changed":0,\
        "parcels":2}
        """
    private static let terms = #"{"warehouse":"main","kind":"single","source":"shop"}"#
    private static let parcel = """
        {"id":"\(sampleID)","label":"W-1201-1","state":"shipped","round":1,"storage_class":"chilled","short":false,"orders":1}
        """

    /// Waves, parcels, manifests and the day.
    static let fulfilment: [String: RouteGuide] = [
        "listWaves": RouteGuide(
            chinese: "波次，最新在前，分页。", query: [("limit", "5")],
            answer: """
                {"waves":[{"id":"\(sampleID)","code":"W-1201","state":"released","kind":"single","warehouse":"main",\
                "ship_on":"2026-12-01","orders":2,"parcels":2,"planned_at":"2026-12-01T01:02:03.123456Z"}]}
                """),
        "planWave": RouteGuide(
            chinese: "选定一个波次的订单。同一编号、同样的条件只计划一次。",
            notes: PageText(
                en: "No goods are bound by it: step the wave to `release` for that.",
                zh: "此时不锁定货品；用 `release` 这一步来锁定。"),
            body: #"{"code":"W-1201","terms":\#(terms)}"#,
            answer: progress.replacing("released", with: "planned").replacing(#""bound":2"#, with: #""bound":0"#)
                .replacing(#""parcels":2"#, with: #""parcels":0"#)),
        "previewWave": RouteGuide(
            chinese: "预览一个波次会包含什么、能锁定多少；不做任何改变。", body: terms,
            answer: """
                {"orders":2,"groups":2,"ship_on":"2026-12-01","demands":[{"sku":"tiangua-5jin","unit":"piece",\
                "owner":"yimaqiao","orders":2,"wanted":2,"bindable":400}]}
                """),
        "showWave": RouteGuide(
            chinese: "一个波次：订单的结果，以及按拣货路线排列的拣货单。", path: ["wave": "W-1201"],
            answer: """
                {"wave":\(progress),"picks":[{"round":1,"location":"C-01","sku":"tiangua-5jin",\
                "name":"伊马乔大棚甜瓜 5斤(盒)","unit":"piece","lot":"\(sampleID)","quantity":2,"parcels":2,"slots":[]}]}
                """),
        "listParcels": RouteGuide(
            chinese: "波次的包裹，按编号排列，分页，可按状态筛选。", path: ["wave": "W-1201"], query: [("limit", "5")],
            answer: #"{"parcels":[\#(parcel)]}"#),
        "stepWave": RouteGuide(
            chinese: "波次的下一步：发放（锁定批次、生成包裹）、取消、完成。重复同一步得到同样的应答。", path: ["wave": "W-1201"],
            body: #"{"event":"release"}"#, answer: progress),
        "pickForWave": RouteGuide(
            chinese: "登记拣货；未找到的改从别处拣。同一编号只算一次。", path: ["wave": "W-1201"],
            body: #"{"reference":"p1","location":"C-01","lot":"$LOT"}"#,
            answer: #"{"asked":2,"found":2,"rebound":0}"#),
        "stepParcels": RouteGuide(
            chinese: "打包、交接、编号、换单、拆包；每个扫描各有结果。",
            notes: PageText(
                en: "A `reason` that begins with `stopped_` means that the parcel must not leave: warn by sound too.",
                zh: "`reason` 以 `stopped_` 开头表示必须拦截：请同时用声音提醒。"),
            body: #"{"event":"pack","scans":[{"scan":"W-1201-2"}]}"#,
            answer: #"{"results":[{"scan":"W-1201-2","label":"W-1201-2","outcome":"done"}]}"#),
        "showManifest": RouteGuide(
            chinese: "一张交接单：承运方带走了什么。", path: ["manifest": "JJ-1201"],
            answer: """
                {"id":"\(sampleID)","code":"JJ-1201","opened_at":"2026-12-01T01:02:03.123456Z","parcels":[\(parcel)]}
                """),
        "showToday": RouteGuide(
            chinese: "今日发货：应发、已打包、已交接、速度、预计完成、有风险的。",
            answer: """
                {"at":"2026-12-01T01:02:03.123456Z","cut_off":"2026-12-01T16:00:00.000000Z","due":40,"packed":10,"overdue":0,\
                "undated":3,"done_orders":25,"done_parcels":24,"per_hour":60,"at_risk":0,\
                "finish":"2026-12-01T01:32:03.123456Z"}
                """),
    ]
}
