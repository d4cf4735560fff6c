extension RouteGuide {
    /// Health, owners, warehouses and locations.
    static let places: [String: RouteGuide] = [
        "alive": RouteGuide(chinese: "进程是否正常工作。", answer: #"{"state":"alive"}"#),
        "ready": RouteGuide(
            chinese: "是否接受请求；若不接受，缺什么、该怎么办。",
            notes: PageText(
                en: "Send requests here only while it answers 200.", zh: "只有应答 200 时才应把请求发到这里。"),
            answer: #"{"state":"ready"}"#),
        "listOwners": RouteGuide(
            chinese: "有哪些货主，按编码排序；合作社只看到自己。",
            answer: #"{"owners":[{"code":"yimaqiao","name":"伊马乔大棚甜瓜","kind":"cooperative"}]}"#),
        "addOwner": RouteGuide(
            chinese: "添加货主。", body: #"{"code":"xinnong","name":"新农合作社","kind":"cooperative"}"#,
            answer: #"{"code":"xinnong","name":"新农合作社","kind":"cooperative"}"#),
        "listWarehouses": RouteGuide(
            chinese: "仓库，按编码排序。", answer: #"{"warehouses":[{"code":"main","name":"田镇主仓"}]}"#),
        "addWarehouse": RouteGuide(
            chinese: "添加仓库。", body: #"{"code":"second","name":"田镇二仓"}"#,
            answer: #"{"code":"second","name":"田镇二仓"}"#),
        "listLocations": RouteGuide(
            chinese: "仓库的库位，按编码排序。", path: ["warehouse": "main"],
            answer: #"{"locations":[{"code":"C-01","storage_class":"chilled"}]}"#),
        "addLocation": RouteGuide(
            chinese: "给仓库添加库位。", path: ["warehouse": "main"], body: #"{"code":"F-02","storage_class":"frozen"}"#,
            answer: #"{"code":"F-02","storage_class":"frozen"}"#),
        "changeLocation": RouteGuide(
            chinese: "说明库位今后的设置；还有货的库位不能停用。",
            notes: PageText(
                en: "All of it is said each time: what is absent, the location has no longer.",
                zh: "每次都要写全：没有写的就不再有。"),
            path: ["warehouse": "main", "location": "C-01"],
            body: #"""
                {"storage_class":"chilled","capacity":{"quantity":2000,"unit":"piece"},"pick_sequence":10}
                """#,
            answer: #"""
                {"code":"C-01","storage_class":"chilled","capacity":{"quantity":2000,"unit":"piece"},"pick_sequence":10}
                """#),
        "listZones": RouteGuide(
            chinese: "仓库的库区，按编码排序。", path: ["warehouse": "main"],
            answer: #"{"zones":[{"code":"C","name":"冷藏区"}]}"#),
        "addZone": RouteGuide(
            chinese: "给仓库添加库区。", path: ["warehouse": "main"], body: #"{"code":"F","name":"冷冻区"}"#,
            answer: #"{"code":"F","name":"冷冻区"}"#),
        "changeZone": RouteGuide(
            chinese: "修改库区的名称，停用或重新启用它；还有在用库位的库区不能停用。",
            path: ["warehouse": "main", "zone": "F"], body: #"{"name":"冷冻库"}"#,
            answer: #"{"code":"F","name":"冷冻库"}"#),
    ]
}
