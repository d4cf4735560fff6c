internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang product show <code>`
struct ProductShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(
                en: "Show one SKU: its price, its limit, and what it is made of.", zh: "显示一个单品：价格、限购和礼盒组成。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The SKU's code.", zh: "单品编码。"))
    var code: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try SKUCode(argument: code)
        let description = try await database.withBase(in: context) { base in
            try await ProductDescription(of: code, in: base)
        }
        context.output.show(description)
        return .success
    }
}

/// One SKU with its limit, and what it is made of.
struct ProductDescription: Presentable {
    /// The SKU.
    let sku: SKU
    /// How much of it one buyer may have.
    let limit: BuyerLimit?
    /// What it is made of; empty for one that is no set.
    let components: [ListedComponent]
    /// What the base's clocks show at the instants.
    let times: LocalTimes

    /// Reads all of it.
    init(of code: SKUCode, in base: OpenBase) async throws {
        guard let sku = try await base.catalog.skus(of: [code]).first else { throw CatalogError.unknownSKU(code) }
        self.sku = sku
        limit = try await base.catalog.limit(of: code)
        components = try await base.catalog.components(of: code)
        times = try await base.times(of: limit.map { [$0.since] } ?? [])
    }

    func show(on page: inout Page) {
        var record = Record()
        record.append(Text(en: "code", zh: "编码"), StyledText(sku.code.rawValue, .heading))
        record.append(Text(en: "name", zh: "名称"), StyledText(sku.name.rawValue))
        record.append(Text(en: "owner", zh: "货主"), StyledText(sku.owner.rawValue))
        record.append(Text(en: "counted by", zh: "计量"), StyledText(sku.unit.word.current))
        if let category = sku.category {
            record.append(Text(en: "category", zh: "类别"), StyledText(category.name.rawValue))
        }
        record.append(
            Text(en: "price, yuan", zh: "价格（元）"),
            StyledText(sku.price.map { PriceText($0, in: sku.unit).words.current } ?? "—"))
        if let limit {
            let quantity = QuantityText(limit.quantity, in: sku.unit).words
            let since = times.text(limit.since)
            record.append(
                Text(en: "one buyer", zh: "每人限购"),
                StyledText(Text(en: "\(quantity.en), since \(since)", zh: "\(quantity.zh)，自 \(since) 起").current))
        }
        page.record(record)
        guard !components.isEmpty else { return }
        page.blank()
        var table = Table([
            .keys(Text(en: "COMPONENT", zh: "组成")), .words(Text(en: "NAME", zh: "名称")),
            .numbers(Text(en: "IN ONE SET", zh: "每套数量")),
        ])
        for component in components {
            table.append([
                StyledText(component.sku.rawValue), StyledText(component.name.rawValue),
                StyledText(QuantityText(component.quantity, in: component.unit).words.current),
            ])
        }
        page.table(table, whenEmpty: Text(en: "it is no set", zh: "不是礼盒"))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        sku.writeMembers(to: &json)
        if let limit {
            json.key("limit")
            json.beginObject()
            json.member("quantity", limit.quantity.rawValue)
            json.member("since", limit.since.description)
            json.endObject()
        }
        json.key("components")
        json.beginArray()
        for component in components {
            json.beginObject()
            json.member("sku", component.sku.rawValue)
            json.member("name", component.name.rawValue)
            json.member("unit", component.unit.rawValue)
            json.member("quantity", component.quantity.rawValue)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
