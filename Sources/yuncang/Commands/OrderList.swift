internal import CloudWarehouse
internal import JSON
internal import Postgres

/// Orders, a line each.
struct OrderList: Presentable {
    /// The newest first.
    let orders: [OrderSummary]
    /// What the base's clocks show at the orders' instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SOURCE", zh: "来源")),
            .keys(Text(en: "REFERENCE", zh: "单号")), .terms(Text(en: "STATE", zh: "状态")),
            .numbers(Text(en: "YUAN", zh: "金额（元）")), .terms(Text(en: "PLACED AT", zh: "下单时间")),
            .keys(Text(en: "ID", zh: "ID")),
        ])
        for order in orders {
            table.append([
                StyledText(order.key.source.rawValue),
                StyledText(order.key.reference.rawValue), order.state.styled, StyledText(order.total.yuan),
                StyledText(times.text(order.placedAt)), StyledText(order.id.description),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there are no such orders", zh: "没有这样的订单"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for order in orders {
            json.beginObject()
            order.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

extension OrderSummary {
    /// Its members, as every command shows them.
    func writeMembers(to json: inout JSONWriter) {
        json.member("id", id.description)
        json.member("source", key.source.rawValue)
        json.member("reference", key.reference.rawValue)
        json.member("state", state.rawValue)
        json.member("total_fen", total.rawValue)
        json.member("placed_at", placedAt.description)
        json.member("revision", Int64(revision))
    }
}
