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
    ]
}
