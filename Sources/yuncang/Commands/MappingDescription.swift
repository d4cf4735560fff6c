internal import CloudWarehouse
internal import JSON
internal import Postgres

/// One mapping, as it was saved.
struct MappingDescription: Presentable {
    let mapping: SheetMapping

    func show(on page: inout Page) {
        let key = mapping.key
        page.line(StyledText("# \(key.source.rawValue) \(key.kind.rawValue) \(key.name.rawValue)", .quiet))
        for line in mapping.definition.split(whereSeparator: \.isNewline) { page.line(StyledText(String(line))) }
    }

    func write(to json: inout JSONWriter) {
        mapping.write(to: &json)
    }
}

/// The mappings of a base.
struct MappingList: Presentable {
    /// In the order of sources, kinds and names.
    let mappings: [SheetMapping]
    /// What the base's clocks show at their instants.
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SOURCE", zh: "来源")), .terms(Text(en: "FOR", zh: "用于")),
            .keys(Text(en: "NAME", zh: "名称")), .terms(Text(en: "SAVED", zh: "保存时间")),
        ])
        for mapping in mappings {
            table.append([
                StyledText(mapping.key.source.rawValue), StyledText(mapping.key.kind.word.current),
                StyledText(mapping.key.name.rawValue), StyledText(times.text(mapping.savedAt)),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no mapping yet", zh: "还没有任何对应关系"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for mapping in mappings { mapping.write(to: &json) }
        json.endArray()
    }
}

extension SheetMapping {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("source", key.source.rawValue)
        json.member("kind", key.kind.rawValue)
        json.member("name", key.name.rawValue)
        json.member("definition", definition)
        json.member("saved_at", savedAt.description)
        json.endObject()
    }
}
