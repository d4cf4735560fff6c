internal import CloudWarehouse
internal import JSON
internal import Postgres

/// An overlay's key that was made just now, with the address that is never shown again.
struct IssuedOverlayDescription: Presentable {
    /// The key and its text.
    let issued: IssuedOverlayKey
    /// The page that shows it, key and all.
    let address: String
    /// What the base's clocks show at its instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        var record = issued.key.token.record(times)
        record.append(Text(en: "shows", zh: "显示"), StyledText(issued.key.shown))
        page.record(record)
        page.blank()
        page.line(StyledText(address, .heading))
        page.blank()
        page.line(
            Text(
                en: "It is shown only now. Take it as the address of a browser source, 1920 wide and 1080 high.",
                zh: "只显示这一次。在 OBS 中作为浏览器源的地址，宽 1920，高 1080。"), .warning)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        issued.key.writeMembers(to: &json)
        json.member("page", address)
        json.endObject()
    }
}

/// The keys of a base's overlays.
struct OverlayList: Presentable {
    /// In the order in which they were made.
    let keys: [OverlayKey]
    /// What the base's clocks show at their instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "PREFIX", zh: "前缀")), .words(Text(en: "NAME", zh: "名称")),
            .words(Text(en: "SHOWS", zh: "显示")), .words(Text(en: "OF", zh: "所属")),
            .terms(Text(en: "STATE", zh: "状态")), .terms(Text(en: "EXPIRES", zh: "失效时间")),
            .terms(Text(en: "LAST USED", zh: "最近使用")),
        ])
        for key in keys {
            let token = key.token
            table.append([
                StyledText(token.prefix.rawValue), StyledText(token.name.rawValue), StyledText(key.shown),
                StyledText(token.scope.holder), token.state.summary, StyledText(token.expiresAt.map(times.text) ?? ""),
                StyledText(token.lastUsedAt.map(times.text) ?? ""),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no overlay yet", zh: "还没有任何叠加"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for key in keys {
            json.beginObject()
            key.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

extension OverlayKey {
    /// Its SKUs in one line.
    fileprivate var shown: String { skus.map(\.rawValue).joined(separator: " ") }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        token.writeMembers(to: &json)
        json.key("skus")
        json.beginArray()
        for sku in skus { json.string(sku.rawValue) }
        json.endArray()
    }
}
