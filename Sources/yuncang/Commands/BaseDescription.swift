internal import CloudWarehouse
internal import JSON

/// One base, with what is known of its schema.
struct BaseDescription: Presentable {
    /// The base.
    let base: Base
    /// How its schema stands; nil when that was not asked.
    var condition: SchemaCondition?
    /// The partitions that it lacks; nil when that was not asked.
    var gaps: [PartitionGap]?

    func show(on page: inout Page) {
        var record = Record()
        record.append(Text(en: "key", zh: "键"), StyledText(base.key.rawValue, .heading))
        record.append(Text(en: "name", zh: "名称"), StyledText(base.name.rawValue))
        record.append(Text(en: "schema", zh: "schema"), StyledText(base.schema))
        record.append(Text(en: "time zone", zh: "时区"), StyledText(base.timeZone))
        if let condition { record.append(Text(en: "migrations", zh: "迁移"), condition.summary) }
        if let gaps { record.append(Text(en: "partitions", zh: "分区"), gaps.summary) }
        page.record(record)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        base.writeMembers(to: &json)
        if let condition { condition.writeMembers(to: &json) }
        if let gaps {
            json.key("missing_partitions")
            json.strings(gaps.flatMap(\.partitions))
        }
        json.endObject()
    }
}

/// All bases.
struct BaseList: Presentable {
    /// In the order of their keys.
    let bases: [Base]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "KEY", zh: "键")), .words(Text(en: "NAME", zh: "名称")),
            .words(Text(en: "SCHEMA", zh: "SCHEMA")), .words(Text(en: "TIME ZONE", zh: "时区")),
        ])
        for base in bases {
            table.append([
                StyledText(base.key.rawValue), StyledText(base.name.rawValue), StyledText(base.schema),
                StyledText(base.timeZone),
            ])
        }
        page.table(table, whenEmpty: Text(en: "there is no base yet", zh: "还没有任何直播基地"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for base in bases {
            json.beginObject()
            base.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

extension Base {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("key", key.rawValue)
        json.member("name", name.rawValue)
        json.member("schema", schema)
        json.member("time_zone", timeZone)
    }
}

extension SchemaCondition {
    /// The state in a few words.
    var summary: StyledText {
        switch state {
        case .current: StyledText(Text(en: "all have run", zh: "全部已执行").current, .good)
        case .pending(let names):
            StyledText(
                Text(en: "yet to run: ", zh: "待执行：").current + names.joined(separator: ", "), .warning)
        case .unusable(let failure): StyledText(failure.commandFailure(in: schema).what.current, .bad)
        }
    }

    /// `"migrations":"current"|"pending"|"unusable","pending":[…],"reason":…`
    fileprivate func writeMembers(to json: inout JSONWriter) {
        switch state {
        case .current: json.member("migrations", "current")
        case .pending(let names):
            json.member("migrations", "pending")
            json.key("pending")
            json.strings(names)
        case .unusable(let failure):
            json.member("migrations", "unusable")
            json.member("reason", failure.description)
        }
    }
}

extension [PartitionGap] {
    /// The gaps in a few words.
    var summary: StyledText {
        guard !isEmpty else {
            let months = Partitions.monthsAhead
            return StyledText(Text(en: "made for \(months) months ahead", zh: "已提前建好 \(months) 个月").current, .good)
        }
        let names = flatMap(\.partitions).joined(separator: ", ")
        return StyledText(
            Text(en: "missing: ", zh: "缺少：").current + names, contains { $0.monthsAhead == 0 } ? .bad : .warning)
    }
}
