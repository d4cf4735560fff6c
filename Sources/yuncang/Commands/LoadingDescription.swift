internal import CloudWarehouse
internal import JSON
internal import Postgres

/// Loadings as a table.
struct LoadingTable: Presentable {
    let loadings: [LoadingSummary]
    let times: LocalTimes

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "REFERENCE", zh: "单号")), .terms(Text(en: "KIND", zh: "类型")),
            .terms(Text(en: "WAREHOUSE", zh: "仓库")), .terms(Text(en: "STATE", zh: "状态")),
            .terms(Text(en: "BEGAN", zh: "开工")), .terms(Text(en: "ENDED", zh: "完工")),
            .numbers(Text(en: "PIECES", zh: "件数")), .numbers(Text(en: "WEIGHT", zh: "重量")),
            .words(Text(en: "OF", zh: "单据")),
        ])
        for loading in loadings {
            table.append([
                StyledText(loading.reference.rawValue), StyledText(loading.plan.kind.word.current),
                StyledText(loading.plan.warehouse.rawValue), StyledText(loading.state.word.current),
                StyledText(loading.startedAt.map(times.text) ?? "—"),
                StyledText(loading.finishedAt.map(times.text) ?? "—"),
                StyledText(loading.amount?.pieces.map { "\($0.rawValue)" } ?? "—"),
                StyledText(loading.amount?.grams.map { Text.amount($0.rawValue, in: .gram).current } ?? "—"),
                StyledText(loading.plan.subject?.reference.rawValue ?? "—"),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing was loaded or unloaded", zh: "没有装卸单"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for loading in loadings {
            json.beginObject()
            loading.writeMembers(to: &json)
            json.endObject()
        }
        json.endArray()
    }
}

/// One loading with its people.
struct LoadingDescription: Presentable {
    let details: LoadingDetails
    let times: LocalTimes

    func show(on page: inout Page) {
        LoadingTable(loadings: [details.summary], times: times).show(on: &page)
        page.blank()
        var table = Table([.words(Text(en: "NAME", zh: "姓名")), .terms(Text(en: "EMPLOYMENT", zh: "用工"))])
        for worker in details.workers {
            table.append([StyledText(worker.name.rawValue), StyledText(worker.employment.word.current)])
        }
        page.table(table, whenEmpty: Text(en: "nobody has begun", zh: "还没有人开工"))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        details.summary.writeMembers(to: &json)
        json.key("workers")
        json.beginArray()
        for worker in details.workers {
            json.beginObject()
            json.member("name", worker.name.rawValue)
            json.member("employment", worker.employment.rawValue)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}

/// The report of a day.
struct LoadingDayDescription: Presentable {
    let report: LoadingDay
    let times: LocalTimes

    func show(on page: inout Page) {
        page.line(Text(en: "loading and unloading on \(report.day)", zh: "\(report.day) 装卸日报"), .heading)
        page.blank()
        var table = Table([
            .words(Text(en: "NAME", zh: "姓名")), .terms(Text(en: "EMPLOYMENT", zh: "用工")),
            .numbers(Text(en: "LOADINGS", zh: "单数")), .numbers(Text(en: "MINUTES", zh: "分钟")),
            .numbers(Text(en: "PIECES", zh: "件数")), .numbers(Text(en: "WEIGHT", zh: "重量")),
        ])
        for person in report.people {
            table.append([
                StyledText(person.worker.name.rawValue), StyledText(person.worker.employment.word.current),
                StyledText("\(person.loadings)"), StyledText("\(person.minutes)"), StyledText("\(person.pieces)"),
                StyledText(Text.amount(person.grams, in: .gram).current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nobody loaded or unloaded", zh: "没有人装卸"))
        page.blank()
        LoadingTable(loadings: report.loadings, times: times).show(on: &page)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("day", report.day.description)
        json.key("people")
        json.beginArray()
        for person in report.people {
            json.beginObject()
            json.member("name", person.worker.name.rawValue)
            json.member("employment", person.worker.employment.rawValue)
            json.member("loadings", person.loadings)
            json.member("minutes", person.minutes)
            json.member("pieces", person.pieces)
            json.member("grams", person.grams)
            json.endObject()
        }
        json.endArray()
        json.key("loadings")
        LoadingTable(loadings: report.loadings, times: times).write(to: &json)
        json.endObject()
    }
}

extension LoadingSummary {
    /// The times that it tells.
    var instants: [Timestamp] { [startedAt, finishedAt].compactMap { $0 } }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("id", id.description)
        json.member("reference", reference.rawValue)
        json.member("kind", plan.kind.rawValue)
        json.member("warehouse", plan.warehouse.rawValue)
        json.member("inbound", plan.subject?.reference.rawValue)
        json.member("state", state.rawValue)
        json.member("started_at", startedAt?.description)
        json.member("finished_at", finishedAt?.description)
        json.member("pieces", amount?.pieces?.rawValue)
        json.member("grams", amount?.grams?.rawValue)
    }
}
