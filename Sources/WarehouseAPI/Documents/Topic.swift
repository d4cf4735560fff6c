/// What some routes are about, as the documents group them.
struct Topic: Sendable {
    let name: String
    let title: PageText
    let about: PageText

    /// The topics of these routes, in the order in which they are met, the service itself last.
    static func all(of routes: [Route]) -> [Topic] {
        var names: [String] = []
        for route in routes where !names.contains(route.topic) { names.append(route.topic) }
        return names.filter { $0 != service.name }.map(named) + (names.contains(service.name) ? [service] : [])
    }

    private static func named(_ name: String) -> Topic {
        known.first { $0.name == name }
            ?? Topic(name: name, title: PageText(en: name, zh: name), about: PageText(en: name, zh: name))
    }

    private static let service = Topic(
        name: "service", title: PageText(en: "The service", zh: "服务"),
        about: PageText(en: "How the service does, and what describes it.", zh: "服务的状态，以及对它的说明。"))

    /// Those that have words of their own; a test says so of every one.
    static let known = [
        service,
        Topic(
            name: "stock", title: PageText(en: "Stock", zh: "库存"),
            about: PageText(en: "What there is, and how much of it can be sold.", zh: "有什么，还能卖多少。")),
        Topic(
            name: "orders", title: PageText(en: "Orders", zh: "订单"),
            about: PageText(
                en: "Placed by sources all or nothing, then paid or called off.", zh: "由订单来源下单，要么全成交要么不成交；之后付款或取消。")),
        Topic(
            name: "owners", title: PageText(en: "Owners", zh: "货主"),
            about: PageText(en: "Whose goods they are: cooperatives and brands.", zh: "货物属于谁：合作社和品牌客户。")),
        Topic(
            name: "warehouses", title: PageText(en: "Warehouses", zh: "仓库"),
            about: PageText(en: "Buildings, and the places in them where goods stand.", zh: "仓库及其库位。")),
        Topic(
            name: "products", title: PageText(en: "Products", zh: "商品"),
            about: PageText(en: "What is sold and counted.", zh: "销售和计量的对象。")),
        Topic(
            name: "inbounds", title: PageText(en: "Deliveries", zh: "入库"),
            about: PageText(en: "What comes in.", zh: "收货入库。")),
        Topic(
            name: "loadings", title: PageText(en: "Loading", zh: "装卸"),
            about: PageText(en: "Who loads and unloads what, and when.", zh: "谁在何时装卸了什么。")),
        Topic(
            name: "loading-report", title: PageText(en: "Loading by day", zh: "装卸日报"),
            about: PageText(en: "What was loaded and unloaded on a day.", zh: "某一天的装卸。")),
        Topic(
            name: "transfers", title: PageText(en: "Transfers", zh: "调拨"),
            about: PageText(en: "What goes from one warehouse to another.", zh: "从一个仓库到另一个仓库。")),
        Topic(
            name: "counts", title: PageText(en: "Counts", zh: "盘点"),
            about: PageText(en: "Counting what stands somewhere, while work goes on.", zh: "不停工盘点。")),
        Topic(
            name: "shrinkage", title: PageText(en: "Shrinkage", zh: "损耗"),
            about: PageText(en: "What counts have found missing, and why.", zh: "盘点发现的短少及其原因。")),
        Topic(
            name: "waves", title: PageText(en: "Waves", zh: "波次"),
            about: PageText(en: "Orders that are picked together, and their lots.", zh: "一起拣货的订单及其批次。")),
        Topic(
            name: "wave-previews", title: PageText(en: "Previews of waves", zh: "波次预览"),
            about: PageText(en: "What a wave would be.", zh: "一个波次会是什么样。")),
        Topic(
            name: "parcels", title: PageText(en: "Parcels", zh: "包裹"),
            about: PageText(en: "Packed, stopped, handed over.", zh: "打包、拦截、交接。")),
        Topic(
            name: "manifests", title: PageText(en: "Manifests", zh: "交接单"),
            about: PageText(en: "What carriers took along.", zh: "承运方带走了什么。")),
        Topic(
            name: "today", title: PageText(en: "Today", zh: "今日发货"),
            about: PageText(en: "How the day's shipping stands.", zh: "当日发货情况。")),
        Topic(
            name: "lots", title: PageText(en: "Lots", zh: "批次"),
            about: PageText(en: "Goods that came together, and where they stand.", zh: "同批到货的货物及其所在。")),
        Topic(
            name: "movements", title: PageText(en: "Movements", zh: "台账"),
            about: PageText(en: "The ledger: every change of where goods are.", zh: "台账：货物每一次移动的记录。")),
        Topic(
            name: "events", title: PageText(en: "Events", zh: "事件"),
            about: PageText(
                en: "What happened, for programs that go on from where they were.", zh: "发生了什么，供程序从上次的位置继续读取。")),
        Topic(
            name: "overlay", title: PageText(en: "Overlays", zh: "直播叠加"),
            about: PageText(en: "Live figures in a stream's picture.", zh: "直播画面上的实时数字。")),
    ]
}
