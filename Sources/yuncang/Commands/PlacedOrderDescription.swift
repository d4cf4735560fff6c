internal import CloudWarehouse
internal import JSON
internal import Postgres

/// What is known of an order that is placed, when its lines cannot be read back.
struct PlacedOrderDescription: Presentable {
    /// Its source and the source's reference.
    let key: OrderKey
    /// The answer to it.
    let order: PlacedOrder
    /// What the base's clocks show at its instant.
    let times: LocalTimes

    func show(on page: inout Page) {
        var record = Record()
        record.append(Text(en: "id", zh: "id"), StyledText(order.id.description, .heading))
        record.append(Text(en: "source", zh: "来源"), StyledText(key.source.rawValue))
        record.append(Text(en: "reference", zh: "单号"), StyledText(key.reference.rawValue))
        record.append(Text(en: "total, yuan", zh: "金额（元）"), StyledText(order.total.yuan))
        record.append(Text(en: "placed at", zh: "下单时间"), StyledText(times.text(order.placedAt)))
        page.record(record)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", order.id.description)
        json.member("source", key.source.rawValue)
        json.member("reference", key.reference.rawValue)
        json.member("total_fen", order.total.rawValue)
        json.member("placed_at", order.placedAt.description)
        json.endObject()
    }
}
