internal import CloudWarehouse
internal import JSON
internal import Postgres

/// Some parcels.
struct ShipmentList: Presentable {
    /// The newest first.
    let shipments: [Shipment]
    /// What the base's clocks show at their instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .terms(Text(en: "RECORDED", zh: "登记时间")), .keys(Text(en: "SOURCE", zh: "来源")),
            .keys(Text(en: "ORDER", zh: "订单编号")), .words(Text(en: "CARRIER", zh: "快递公司")),
            .keys(Text(en: "NUMBER", zh: "快递单号")), .terms(Text(en: "TOLD", zh: "回传")),
        ])
        for shipment in shipments {
            let parcel = shipment.parcel
            table.append([
                StyledText(times.text(shipment.recordedAt)), StyledText(parcel.order.source.rawValue),
                StyledText(parcel.order.reference.rawValue), StyledText(parcel.carrier.rawValue),
                StyledText(parcel.tracking.rawValue), told(shipment),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no parcel yet", zh: "还没有任何包裹"))
    }

    private func told(_ shipment: Shipment) -> StyledText {
        if shipment.withdrawnAt != nil { return StyledText(Text(en: "withdrawn", zh: "已撤回").current, .quiet) }
        if let exported = shipment.exportedAt { return StyledText(times.text(exported), .good) }
        return StyledText(Text(en: "not yet", zh: "未回传").current, .warning)
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for shipment in shipments { shipment.write(to: &json) }
        json.endArray()
    }
}

extension Shipment {
    /// The instants that people are shown.
    var instants: [Timestamp] { [recordedAt] + [exportedAt].compactMap(\.self) }

    /// Its members.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id.description)
        json.member("source", parcel.order.source.rawValue)
        json.member("reference", parcel.order.reference.rawValue)
        json.member("carrier", parcel.carrier.rawValue)
        json.member("tracking", parcel.tracking.rawValue)
        json.member("order_state", state.rawValue)
        if isRefundLocked { json.member("refund_locked", true) }
        json.member("recorded_at", recordedAt.description)
        json.member("exported_at", exportedAt?.description)
        json.member("withdrawn_at", withdrawnAt?.description)
        json.endObject()
    }
}
