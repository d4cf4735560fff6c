internal import CloudWarehouse
internal import JSON
internal import Postgres

/// One order with its lines.
struct OrderDescription: Presentable {
    /// The order.
    let order: OrderDetails
    /// What the base's clocks show at the order's instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        let summary = order.summary
        var record = Record()
        record.append(Text(en: "id", zh: "id"), StyledText(summary.id.description, .heading))
        record.append(Text(en: "source", zh: "来源"), StyledText(summary.key.source.rawValue))
        record.append(Text(en: "reference", zh: "单号"), StyledText(summary.key.reference.rawValue))
        record.append(Text(en: "state", zh: "状态"), summary.state.styled)
        record.append(Text(en: "total, yuan", zh: "金额（元）"), StyledText(summary.total.yuan))
        record.append(Text(en: "placed at", zh: "下单时间"), StyledText(times.text(summary.placedAt)))
        if let end = order.lines.compactMap(\.expiresAt).min() {
            record.append(Text(en: "held until", zh: "占用至"), StyledText(times.text(end)))
        }
        if let recipient = order.recipient {
            let erased = Text(en: "erased", zh: "已清除").current
            record.append(
                Text(en: "recipient", zh: "收件人"), StyledText(recipient.mask ?? "\(erased) \(recipient.region)"))
        }
        page.record(record)
        page.blank()
        page.table(lines, whenEmpty: Text(en: "it has no lines", zh: "没有明细"))
    }

    private var lines: Table {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
            .numbers(Text(en: "QUANTITY", zh: "数量")), .numbers(Text(en: "PRICE", zh: "单价")),
            .numbers(Text(en: "YUAN", zh: "金额（元）")), .words(Text(en: "CLAIM", zh: "占用")),
            .keys(Text(en: "WAREHOUSE", zh: "仓库")), .keys(Text(en: "OWNER", zh: "货主")),
        ])
        for line in order.lines {
            table.append([
                StyledText(line.sku.rawValue), StyledText(line.name.rawValue),
                StyledText(QuantityText(line.quantity, in: line.unit).words.current),
                StyledText(PriceText(line.price, in: line.unit).words.current), StyledText(line.amount.yuan),
                StyledText(line.claim.words.current), StyledText(line.warehouse.rawValue),
                StyledText(line.owner.rawValue),
            ])
        }
        return table
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        order.summary.writeMembers(to: &json)
        json.key("lines")
        json.beginArray()
        for line in order.lines { line.write(to: &json) }
        json.endArray()
        if let recipient = order.recipient {
            json.key("recipient")
            json.beginObject()
            json.member("mask", recipient.mask)
            json.member("region", recipient.region)
            json.member("erased_at", recipient.erasedAt?.description)
            json.endObject()
        }
        json.endObject()
    }
}

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

extension OrderDetails {
    /// The instants that people are shown.
    var instants: [Timestamp] { [summary.placedAt] + lines.compactMap(\.expiresAt) }
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
    }
}

extension OrderDetails.Line {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("sku", sku.rawValue)
        json.member("name", name.rawValue)
        json.member("unit", unit.rawValue)
        json.member("warehouse", warehouse.rawValue)
        json.member("owner", owner.rawValue)
        json.member("quantity", quantity.rawValue)
        json.key("price")
        json.beginObject()
        json.member("fen", price.fen.rawValue)
        json.member("per", price.per.rawValue)
        json.endObject()
        json.member("amount_fen", amount.rawValue)
        json.member("claim", claim.rawValue)
        json.member("expires_at", expiresAt?.description)
        json.endObject()
    }
}

extension OrderState {
    /// The state in words, in the colour of what it means.
    fileprivate var styled: StyledText {
        switch self {
        case .held: StyledText(words.current, .warning)
        case .committed, .picked, .packed, .shipped: StyledText(words.current, .good)
        case .released, .cancelled, .returned: StyledText(words.current, .quiet)
        }
    }
}

extension ClaimState {
    /// The state in words.
    fileprivate var words: Text {
        switch self {
        case .held: Text(en: "held", zh: "占用")
        case .committed: Text(en: "committed", zh: "已付")
        case .picked: Text(en: "picked", zh: "已拣货")
        case .shipped: Text(en: "shipped", zh: "已发货")
        case .released: Text(en: "released", zh: "已释放")
        }
    }
}

extension QuantityText {
    /// The number and its unit, in the reader's language.
    var words: Text {
        Text(en: description, zh: description.replacing(" pcs", with: " 件").replacing(" pc", with: " 件"))
    }
}

extension PriceText {
    /// Yuan and the quantity, in the reader's language.
    var words: Text {
        Text(en: description, zh: description.replacing("pcs", with: "件").replacing("pc", with: "件"))
    }
}
