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
        if summary.revision > 0 { record.append(Text(en: "revision", zh: "版本"), StyledText("\(summary.revision)")) }
        appendTerms(to: &record)
        if let recipient = order.recipient {
            let erased = Text(en: "erased", zh: "已清除").current
            record.append(
                Text(en: "recipient", zh: "收件人"), StyledText(recipient.mask ?? "\(erased) \(recipient.region)"))
        }
        if let reasons { record.append(Text(en: "goods come", zh: "货源安排"), StyledText(reasons.current)) }
        page.record(record)
        page.blank()
        page.table(OrderLineTable(lines: order.lines).table, whenEmpty: Text(en: "it has no lines", zh: "没有明细"))
    }

    private func appendTerms(to record: inout Record) {
        let terms = order.terms
        let fields: [(Text, String?)] = [
            (Text(en: "shop", zh: "店铺"), terms.shop?.rawValue), (Text(en: "buyer", zh: "买家"), terms.buyer?.rawValue),
            (Text(en: "ship not before", zh: "最早发货"), terms.shipNotBefore.map(times.text)),
            (Text(en: "ship by", zh: "最晚发货"), terms.shipBy.map(times.text)),
            (Text(en: "buyer's note", zh: "买家留言"), terms.buyerNote?.rawValue),
            (Text(en: "seller's note", zh: "卖家备注"), terms.sellerNote?.rawValue),
        ]
        for (name, value) in fields {
            if let value { record.append(name, StyledText(value)) }
        }
        if let since = order.refundLock {
            record.append(Text(en: "refund asked for", zh: "申请退款"), StyledText(times.text(since), .warning))
        }
    }

    /// Why the goods come from where they come from, each reason once with its lines; nil where there was no choice.
    private var reasons: Text? {
        var found: [(words: Text, positions: [String])] = []
        for line in order.lines {
            guard let words = line.place?.reasonWords else { continue }
            if let known = found.firstIndex(where: { $0.words == words }) {
                found[known].positions.append("\(line.position)")
            } else {
                found.append((words, ["\(line.position)"]))
            }
        }
        guard !found.isEmpty else { return nil }
        return Text(
            en: found.map { "\($0.words.en) (\($0.positions.joined(separator: ", ")))" }.joined(separator: "; "),
            zh: found.map { "\($0.words.zh)（\($0.positions.joined(separator: "、"))）" }.joined(separator: "；"))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        order.summary.writeMembers(to: &json)
        writeTerms(to: &json)
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

    private func writeTerms(to json: inout JSONWriter) {
        if let since = order.refundLock { json.member("refund_lock", since.description) }
        let terms = order.terms
        guard terms != .none else { return }
        let members: [(String, String?)] = [
            ("shop", terms.shop?.rawValue), ("buyer", terms.buyer?.rawValue), ("ship_by", terms.shipBy?.description),
            ("ship_not_before", terms.shipNotBefore?.description), ("buyer_note", terms.buyerNote?.rawValue),
            ("seller_note", terms.sellerNote?.rawValue),
        ]
        json.key("terms")
        json.beginObject()
        for (name, value) in members {
            if let value { json.member(name, value) }
        }
        json.endObject()
    }
}

extension OrderDetails {
    /// The instants that people are shown.
    var instants: [Timestamp] {
        [summary.placedAt] + lines.compactMap(\.expiresAt)
            + [terms.shipBy, terms.shipNotBefore, refundLock, recipient?.erasedAt].compactMap { $0 }
    }
}

extension OrderDetails.Line {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("position", Int64(position))
        if let partOf { json.member("part_of", Int64(partOf)) }
        json.member("sku", sku.rawValue)
        json.member("name", name.rawValue)
        json.member("unit", unit.rawValue)
        if let place {
            json.member("warehouse", place.warehouse.rawValue)
            json.member("owner", place.owner.rawValue)
            if let reason = place.reason { json.member("reason", reason) }
        }
        json.member("quantity", quantity.rawValue)
        json.member("cancelled", cancelled.rawValue)
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
