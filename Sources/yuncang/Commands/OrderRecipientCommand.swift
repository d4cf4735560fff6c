internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang order recipient <order> [--reveal]`
struct OrderRecipientCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "recipient",
            abstract: Text(en: "Show who gets an order, masked.", zh: "查看订单的收件人（打码）。").current,
            discussion: Text(
                en: """
                    With --reveal in clear: the keys of YUNCANG_RECIPIENT_KEYS are needed, and the audit log records who was \
                    shown it.
                    """,
                zh: "加 --reveal 显示明文：需要 YUNCANG_RECIPIENT_KEYS 的密钥，审计日志会记下谁看过。"
            ).current)
    }

    @Argument(help: OrderCommands.orderHelp)
    var order: String

    @Flag(help: ArgumentHelp(en: "In clear, which is recorded.", zh: "显示明文，会被记录。"))
    var reveal = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let order = try OrderIdentity(argument: order)
        let keys = try reveal ? RecipientKeys(in: context.environment) : nil
        if reveal, keys == nil { throw IntakeError.recipientsNotConfigured }
        let person = Principal.atTerminal(context.environment)
        let shown = try await database.withBase(in: context) { base in
            if let keys {
                let orders = Orders(pool: base.pool, recipientKeys: keys)
                return RecipientDescription.clear(try await orders.revealRecipient(of: order, by: person))
            }
            guard let details = try await base.orders.details(of: order) else { throw OrdersError.unknownOrder }
            guard let masked = details.recipient else { throw OrdersError.noRecipient }
            return RecipientDescription.masked(masked, try await base.times(of: [masked.erasedAt].compactMap { $0 }))
        }
        context.output.show(shown)
        return .success
    }
}

/// Who gets an order.
private enum RecipientDescription: Presentable {
    case masked(MaskedRecipient, LocalTimes)
    case clear(Recipient)

    func show(on page: inout Page) {
        var record = Record()
        switch self {
        case .masked(let masked, let times):
            if let mask = masked.mask {
                record.append(Text(en: "recipient", zh: "收件人"), StyledText(mask))
            } else {
                record.append(Text(en: "erased", zh: "已清除"), StyledText(masked.erasedAt.map(times.text) ?? "—"))
            }
            record.append(Text(en: "region", zh: "地区"), StyledText(masked.region))
        case .clear(let recipient):
            record.append(Text(en: "name", zh: "姓名"), StyledText(recipient.name))
            record.append(Text(en: "phone", zh: "电话"), StyledText(recipient.phone))
            record.append(Text(en: "region", zh: "地区"), StyledText(recipient.region))
            record.append(Text(en: "address", zh: "详细地址"), StyledText(recipient.address))
        }
        page.record(record)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .masked(let masked, _):
            json.member("mask", masked.mask)
            json.member("region", masked.region)
            json.member("erased_at", masked.erasedAt?.description)
        case .clear(let recipient):
            json.member("name", recipient.name)
            json.member("phone", recipient.phone)
            json.member("region", recipient.region)
            json.member("address", recipient.address)
        }
        json.endObject()
    }
}
