internal import ArgumentParser
internal import CloudWarehouse
internal import Postgres

/// Which orders a wave takes: options of looking at one and of planning one.
struct WaveTermsOptions: ParsableArguments {
    @Option(help: ArgumentHelp(en: "Where the goods stand.", zh: "货所在的仓库。", valueName: "code"))
    var warehouse: String

    @Option(
        help: ArgumentHelp(
            en: "Orders of one SKU each, single, or of several, multi.", zh: "单品：每单一种货；多品：每单多种货。", valueName: "kind"))
    var kind: Wave.Kind = .single

    @Option(help: ArgumentHelp(en: "Only orders of this source.", zh: "只要该来源的订单。"))
    var source: String?

    @Option(help: ArgumentHelp(en: "Only orders of this shop.", zh: "只要该店铺的订单。"))
    var shop: String?

    @Option(help: ArgumentHelp(en: "Only orders to regions that begin so.", zh: "只要收货地区以此开头的订单。"))
    var region: String?

    @Option(
        help: ArgumentHelp(
            en: "Only orders that have to leave before: 2026-12-01T18:00.", zh: "只要在此之前须发出的订单：2026-12-01T18:00。",
            valueName: "time"))
    var dueBefore: String?

    @Option(help: ArgumentHelp(en: "Who carries the parcels; else the base's own cars.", zh: "承运方；不写则自有车辆。"))
    var carrier: String?

    @Option(
        help: ArgumentHelp(
            en: "The day on which they leave; else today.", zh: "发出的日期；不写则今天。", valueName: "day"))
    var shipOn: String?

    @Option(
        help: ArgumentHelp(
            en: "Where picked goods are brought, if there are several packing locations.", zh: "拣出的货放到哪个打包位（有多个时）。",
            valueName: "code"))
    var packing: String?

    @Option(help: ArgumentHelp(en: "How many orders at most.", zh: "最多多少订单。", valueName: "number"))
    var most: Int32 = FulfilmentLimits.ordersPerWave

    @Option(
        help: ArgumentHelp(
            en: "What the goods of one parcel may weigh: 20kg.", zh: "一个包裹的货最重多少：20kg。", valueName: "weight"))
    var mostWeight: String?

    @Option(help: ArgumentHelp(en: "How many slots the sorting wall has.", zh: "分拣墙的格数。", valueName: "number"))
    var slots: Int16 = 40

    @Flag(
        help: ArgumentHelp(en: "Of an order that cannot be served whole, send what is there.", zh: "不能整单发出时，先发有货的部分。"))
    var partial = false

    /// The terms, whose times are the base's.
    func terms(in base: OpenBase) async throws -> WaveTerms {
        var terms = WaveTerms(warehouse: try WarehouseCode(argument: warehouse), kind: kind)
        terms.packing = try packing.map { text throws(CommandFailure) in try LocationCode(argument: text) }
        terms.source = try source.map { text throws(CommandFailure) in try OrderSource(argument: text) }
        terms.shop = try shop.map { text throws(CommandFailure) in
            try Self.plain(ShopName(rawValue: text), text, atMost: 64)
        }
        terms.region = try region.map { text throws(CommandFailure) in
            try Self.plain(PlainWords(rawValue: text), text, atMost: 128)
        }
        terms.carrier = try carrier.map { text throws(CommandFailure) in try Carrier(argument: text) }
        terms.shipOn = try shipOn.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        terms.mostGrams = try mostWeight.map { text throws(CommandFailure) in
            try Quantity(argument: text, in: .gram)
        }
        if let dueBefore { terms.dueBefore = try await base.instant(LocalInstant(argument: dueBefore, of: .start)) }
        (terms.isPartial, terms.mostOrders, terms.slots) = (partial, most, slots)
        return terms
    }

    private static func plain<Value>(
        _ value: Value?, _ text: String, atMost most: Int
    ) throws(CommandFailure) -> Value {
        guard let value else {
            throw .invalid(
                text,
                rule: Text(
                    en: "1 to \(most) characters and no control characters", zh: "1 到 \(most) 个字符，不含控制字符"))
        }
        return value
    }
}
