internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang inbound`
struct InboundCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "inbound",
            abstract: Text(en: "Goods that arrive.", zh: "入库。").current,
            subcommands: [
                InboundReceiveCommand.self, InboundListCommand.self, InboundShowCommand.self,
                InboundAnnounceCommand.self, InboundArriveCommand.self, InboundCountCommand.self,
                InboundFinishCommand.self, InboundReleaseCommand.self, InboundSuggestCommand.self,
                InboundPutAwayCommand.self, InboundRetractCommand.self, InboundCancelCommand.self,
                InboundPictureCommand.self,
            ])
    }
}

/// `yuncang inbound receive --reference <text> --owner <code> --warehouse <code> --location <code> <sku>:<quantity> ...`
struct InboundReceiveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "receive",
            abstract: Text(en: "Receive a delivery: each line becomes a lot.", zh: "收货：每一行成为一个批次。").current,
            discussion: Text(
                en: """
                    All of it or nothing. The reference on the delivery's paper counts once: the same command again changes \
                    nothing. Example: yuncang inbound receive --reference RK-1 --owner yimaqiao --warehouse main \
                    --location A-01 --expires 2026-12-05 melon:200 rice:25jin
                    """,
                zh: """
                    全部收下或全不收。单据上的单号只算一次：重复同一命令不会改变什么。例如：yuncang inbound receive --reference RK-1 \
                    --owner yimaqiao --warehouse main --location A-01 --expires 2026-12-05 melon:200件 rice:25斤
                    """
            ).current)
    }

    @Argument(
        help: ArgumentHelp(
            en: "What came and how much: melon:200, rice:25jin, rice:12.5kg.", zh: "到货及数量：melon:200件、rice:25斤。",
            valueName: "sku:quantity"))
    var lines: [String]

    @Option(help: ArgumentHelp(en: "What stands on the delivery's paper.", zh: "单据上的单号。"))
    var reference: String

    @Option(help: ArgumentHelp(en: "Whose the goods are.", zh: "货主。", valueName: "code"))
    var owner: String

    @Option(help: ArgumentHelp(en: "Where it arrived.", zh: "到货的仓库。", valueName: "code"))
    var warehouse: String

    @Option(help: ArgumentHelp(en: "Where it stands now.", zh: "存放的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "When it was harvested.", zh: "采收日期。", valueName: "date"))
    var harvested: String?

    @Option(help: ArgumentHelp(en: "The last day on which it is good.", zh: "保质期到期日。", valueName: "date"))
    var expires: String?

    @Option(help: ArgumentHelp(en: "Its grade.", zh: "等级。"))
    var grade: String?

    @Flag(
        help: ArgumentHelp(
            en: "Take in what has expired too, and set it aside: it cannot be sold.", zh: "已过期的也收下，并列为待检：不可售。"))
    var expired = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let words = try lines.map { text throws(CommandFailure) in try LineArgument(text) }
        let (delivered, times) = try await database.withBase(in: context) { base in
            let receipt = try self.receipt(words, units: try await base.catalog.units(of: words.map(\.sku)))
            let delivered = try await base.stock.receive(
                receipt, acceptsExpired: expired, by: .atTerminal(context.environment))
            return (delivered, (try? await base.times(of: [delivered.receivedAt])) ?? .utc)
        }
        context.output.show(
            DeliveryDescription(delivery: delivered, reference: reference, lines: lines.count, times: times))
        context.output.hint(
            NextStep(command: "yuncang stock show", purpose: Text(en: "what there is now", zh: "查看现有库存")))
        return .success
    }

    private func receipt(_ words: [LineArgument], units: [SKUCode: BaseUnit]) throws(CommandFailure) -> Receipt {
        let owner = try OwnerCode(argument: owner)
        let harvested = try harvested.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        let expires = try expires.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        let grade = try grade.map { text throws(CommandFailure) in try Grade(argument: text) }
        let lines = try words.map { word throws(CommandFailure) in
            guard let unit = units[word.sku] else { throw StockError.unknownSKUs([word.sku]).commandFailure }
            return Receipt.Line(
                sku: word.sku, owner: owner, quantity: try Quantity(argument: word.quantity, in: unit),
                harvestedOn: harvested, expiresOn: expires, grade: grade)
        }
        let warehouse = try WarehouseCode(argument: warehouse)
        let location = try LocationCode(argument: location)
        let reference = try ReceiptReference(argument: reference)
        do throws(InvalidValue) {
            return try Receipt(reference: reference, warehouse: warehouse, location: location, lines: lines)
        } catch {
            throw CommandFailure(
                .usage, what: Text(en: "the delivery cannot be received", zh: "无法收货"),
                why: error.text)
        }
    }
}

/// `melon:200件` on the command line: a SKU and how much of it.
struct LineArgument: Sendable {
    let sku: SKUCode
    /// Read once the SKU's unit is known.
    let quantity: String

    /// Divides the text at its last colon: a code may hold one too.
    init(_ text: String) throws(CommandFailure) {
        guard let colon = text.lastIndex(of: ":") else {
            throw .invalid(text, rule: Text(en: "write SKU:QUANTITY, such as melon:200", zh: "写成 单品:数量，例如 melon:200件"))
        }
        sku = try SKUCode(argument: String(text[..<colon]))
        quantity = String(text[text.index(after: colon)...])
    }
}

private struct DeliveryDescription: Presentable {
    let delivery: ReceivedDelivery
    let reference: String
    let lines: Int
    let times: LocalTimes

    func show(on page: inout Page) {
        let at = times.text(delivery.receivedAt)
        if delivery.isRepeated {
            page.line(
                Text(
                    en: "\(reference) was received already on \(at): nothing was changed",
                    zh: "\(reference) 此前已收货（\(at)），没有改变什么"), .warning)
        } else {
            page.line(
                Text(
                    en: "received \(reference): \(Text.count(lines, "lot"))", zh: "已收货 \(reference)：\(lines) 个批次"),
                .good)
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", delivery.id.description)
        json.member("reference", reference)
        json.member("received_at", delivery.receivedAt.description)
        json.member("repeated", delivery.isRepeated)
        json.endObject()
    }
}

extension Grade {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let grade = Grade(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a grade has 1 to 32 characters and no control characters", zh: "等级是 1 到 32 个字符，不含控制字符"))
        }
        self = grade
    }
}
