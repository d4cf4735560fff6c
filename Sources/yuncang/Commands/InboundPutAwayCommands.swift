internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang inbound put-away <reference> --as <reference> --lot <id> --location <code> [--quantity <quantity>]`
struct InboundPutAwayCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "put-away",
            abstract: Text(en: "Bring goods of a released delivery to where they belong.", zh: "上架：把已放行的货放到库位。").current
        )
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(en: "What this is known by: sent again, it moves once.", zh: "这次上架的编号：重复发送只算一次。"))
    var identity: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次。", valueName: "id"))
    var lot: String

    @Option(help: ArgumentHelp(en: "Where they are brought.", zh: "上架的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "How much; else all that waits.", zh: "数量；不写则全部。", valueName: "quantity"))
    var quantity: String?

    @Option(help: ArgumentHelp(en: "In what state the goods are: else good.", zh: "货的品质；不写则为良品。", valueName: "quality"))
    var quality = Quality.good

    @Flag(help: ArgumentHelp(en: "Put more there than the location is said to take.", zh: "超过库位容量也放。"))
    var over = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let lot = try ID<Lot>(argument: lot)
        let location = try LocationCode(argument: location)
        let identity = try ReceiptReference(argument: identity)
        return try await delivery.run(
            { base in
                var amount: Quantity?
                if let quantity {
                    guard let unit = try await base.stock.unit(of: lot) else {
                        throw StockError.notAdjusted(.unknownLot(lot))
                    }
                    amount = try Quantity(argument: quantity, in: unit)
                }
                return .putAway(
                    PutAway(
                        reference: identity, lot: lot, location: location, quantity: amount, quality: quality,
                        isOver: over))
            }, of: database, in: context)
    }
}

/// `yuncang inbound suggest <reference>`
struct InboundSuggestCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "suggest",
            abstract: Text(en: "Where a delivery's goods may be put away.", zh: "建议上架的库位。").current)
    }

    @Argument(help: ArgumentHelp(en: "What stands on the delivery's paper.", zh: "单据上的单号。"))
    var reference: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let suggestions = try await database.withBase(in: context) { base in
            guard try await base.stock.inbound(reference) != nil else { throw StockError.inboundStays(.unknown) }
            return try await base.stock.putAwaySuggestions(of: reference)
        }
        context.output.show(SuggestionList(suggestions: suggestions))
        return .success
    }
}

private struct SuggestionList: Presentable {
    let suggestions: [PutAwaySuggestion]

    func show(on page: inout Page) {
        var table = Table([
            .keys(Text(en: "SKU", zh: "单品")), .numbers(Text(en: "QUANTITY", zh: "数量")),
            .terms(Text(en: "QUALITY", zh: "品质")), .keys(Text(en: "LOCATION", zh: "库位")),
            .keys(Text(en: "LOT", zh: "批次")),
        ])
        for suggestion in suggestions {
            table.append([
                StyledText(suggestion.sku.rawValue),
                StyledText(Text.amount(suggestion.quantity.rawValue, in: suggestion.unit).current),
                StyledText(suggestion.quality.word.current),
                StyledText(suggestion.location?.rawValue ?? Text(en: "no room", zh: "没有空位").current),
                StyledText(suggestion.lot.description),
            ])
        }
        page.table(table, whenEmpty: Text(en: "nothing waits to be put away", zh: "没有等待上架的货"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for suggestion in suggestions {
            json.beginObject()
            json.member("sku", suggestion.sku.rawValue)
            json.member("lot", suggestion.lot.description)
            json.member("quantity", suggestion.quantity.rawValue)
            json.member("quality", suggestion.quality.rawValue)
            json.member("location", suggestion.location?.rawValue)
            json.endObject()
        }
        json.endArray()
    }
}
