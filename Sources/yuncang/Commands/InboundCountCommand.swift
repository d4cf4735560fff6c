internal import ArgumentParser
internal import CloudWarehouse
internal import Postgres

/// `yuncang inbound count <reference> <sku>:<quantity> --as <reference> --owner <code> --location <code> ...`
struct InboundCountCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "count",
            abstract: Text(en: "Count goods of a delivery: taken in, rejected, or both.", zh: "清点：收下、拒收，或部分拒收。")
                .current,
            discussion: Text(
                en: """
                    What is taken in becomes a lot that waits to be released. Goods that were not announced are counted the \
                    same way. Example: yuncang inbound count RK-1 melon:380 --as c1 --owner yimaqiao --location R-01 \
                    --rejected 20 --because damaged
                    """,
                zh: """
                    收下的成为批次，等待放行；没有预约的货同样清点。例如：yuncang inbound count RK-1 melon:380件 --as c1 \
                    --owner yimaqiao --location R-01 --rejected 20件 --because 破损
                    """
            ).current)
    }

    @OptionGroup
    var delivery: InboundStepOptions

    @Argument(
        help: ArgumentHelp(
            en: "What is taken in: melon:380; melon:0 when all is rejected.", zh: "收下的：melon:380件；全部拒收写 melon:0件。",
            valueName: "sku:quantity"))
    var goods: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(en: "What this count is known by: sent again, it counts once.", zh: "这次清点的编号：重复发送只算一次。"))
    var identity: String

    @Option(help: ArgumentHelp(en: "Whose the goods are.", zh: "货主。", valueName: "code"))
    var owner: String

    @Option(help: ArgumentHelp(en: "Where they stand now.", zh: "现在的库位。", valueName: "code"))
    var location: String

    @Option(help: ArgumentHelp(en: "How much is not taken in.", zh: "拒收的数量。", valueName: "quantity"))
    var rejected: String?

    @Option(help: ArgumentHelp(en: "Why it is not.", zh: "拒收的原因。", valueName: "reason"))
    var because: RejectionReason?

    @Option(help: ArgumentHelp(en: "When it was harvested.", zh: "采收日期。", valueName: "date"))
    var harvested: String?

    @Option(help: ArgumentHelp(en: "The last day on which it is good.", zh: "保质期到期日。", valueName: "date"))
    var expires: String?

    @Option(help: ArgumentHelp(en: "Its grade.", zh: "等级。"))
    var grade: String?

    @Option(help: ArgumentHelp(en: "What it weighs: 950kg.", zh: "称重：950kg。", valueName: "weight"))
    var weighed: String?

    @Option(help: ArgumentHelp(en: "The number of its certificate.", zh: "合格证编号。"))
    var certificate: String?

    @Option(help: ArgumentHelp(en: "Where a picture of it is.", zh: "照片的存放处。"))
    var picture: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let word = try LineArgument(goods)
        return try await delivery.run(
            { base in
                let units = try await base.catalog.units(of: [word.sku])
                guard let unit = units[word.sku] else { throw StockError.unknownSKUs([word.sku]) }
                return .count(try count(word, in: unit))
            }, of: database, in: context)
    }

    private func count(_ word: LineArgument, in unit: BaseUnit) throws(CommandFailure) -> InboundCount {
        let line = Receipt.Line(
            sku: word.sku, owner: try OwnerCode(argument: owner),
            quantity: try Quantity(argument: word.quantity, in: unit),
            harvestedOn: try harvested.map { text throws(CommandFailure) in try CalendarDate(argument: text) },
            expiresOn: try expires.map { text throws(CommandFailure) in try CalendarDate(argument: text) },
            grade: try grade.map { text throws(CommandFailure) in try Grade(argument: text) })
        var findings = InboundCount.Findings()
        if let rejected { findings.rejected = try Quantity(argument: rejected, in: unit) }
        findings.reason = because
        findings.weighedGrams = try weighed.map { text throws(CommandFailure) in try Quantity(argument: text, in: .gram)
        }
        findings.certificate = try certificate.map { text throws(CommandFailure) in try PlainWords(argument: text) }
        findings.picture = try picture.map { text throws(CommandFailure) in try PlainWords(argument: text) }
        let reference = try ReceiptReference(argument: identity)
        let location = try LocationCode(argument: location)
        do throws(InvalidValue) {
            return try InboundCount(reference: reference, location: location, goods: line, findings: findings)
        } catch {
            throw CommandFailure(
                .usage, what: Text(en: "nothing was counted", zh: "没有清点"), remedy: error.text)
        }
    }
}

extension PlainWords {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let words = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "it has 1 to 128 characters and no control characters", zh: "1 到 128 个字符，不含控制字符"))
        }
        self = words
    }
}
