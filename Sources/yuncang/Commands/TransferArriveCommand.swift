internal import ArgumentParser
internal import CloudWarehouse
internal import Postgres

/// `yuncang transfer arrive <reference> --as <reference> --lot <id> [--received <quantity> --location <code>] ...`
struct TransferArriveCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "arrive",
            abstract: Text(en: "Say what has come of a transfer, and what has not.", zh: "到货：收到、残损和丢失的数量。").current,
            discussion: Text(
                en: """
                    In parts, as often as needed. It is closed when nothing is in transit any more. Example: yuncang transfer \
                    arrive DB-1 --as a1 --lot ID --location R-01 --received 180 --damaged 15 --lost 5 --because broken \
                    --answerable 'Zhang, truck 7'
                    """,
                zh: """
                    可分批，直到没有在途的货即完成。例如：yuncang transfer arrive DB-1 --as a1 --lot 批次 --location R-01 \
                    --received 180件 --damaged 15件 --lost 5件 --because 破损 --answerable '司机张师傅'
                    """
            ).current)
    }

    @OptionGroup
    var transfer: TransferStepOptions

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(en: "What this arrival is known by: sent again, it counts once.", zh: "这次到货的编号：重复发送只算一次。"))
    var identity: String

    @Option(help: ArgumentHelp(en: "Goods of which lot.", zh: "哪个批次。", valueName: "id"))
    var lot: String

    @Option(help: ArgumentHelp(en: "Where what has come stands now.", zh: "收到的货放在哪个库位。", valueName: "code"))
    var location: String?

    @Option(help: ArgumentHelp(en: "How much is as it left.", zh: "完好收到的数量。", valueName: "quantity"))
    var received: String?

    @Option(help: ArgumentHelp(en: "How much is there and may not be sold.", zh: "残损的数量，不可售。", valueName: "quantity"))
    var damaged: String?

    @Option(help: ArgumentHelp(en: "How much does not come.", zh: "丢失的数量。", valueName: "quantity"))
    var lost: String?

    @Option(help: ArgumentHelp(en: "Why something is damaged or lost.", zh: "残损或丢失的原因。", valueName: "reason"))
    var because: TransferLossReason?

    @Option(help: ArgumentHelp(en: "Who answers for what is damaged or lost.", zh: "责任人。", valueName: "name"))
    var answerable: String?

    @Option(help: ArgumentHelp(en: "In what state they left.", zh: "发出时的状态。"))
    var quality = Quality.good

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let (lot, identity) = (try ID<Lot>(argument: lot), try ReceiptReference(argument: identity))
        let location = try location.map { text throws(CommandFailure) in try LocationCode(argument: text) }
        let answerable = try answerable.map { text throws(CommandFailure) in try PlainWords(argument: text) }
        return try await transfer.run(
            { base in
                var count = TransferArrival.Count()
                if let received { count.received = try await base.quantity(received, of: lot) }
                if let damaged { count.damaged = try await base.quantity(damaged, of: lot) }
                if let lost { count.lost = try await base.quantity(lost, of: lot) }
                do throws(InvalidValue) {
                    return .arrive(
                        try TransferArrival(
                            reference: identity, lot: lot, quality: quality, count: count, location: location,
                            loss: try TransferArrival.Loss(reason: because, answerable: answerable)))
                } catch {
                    throw CommandFailure.transfer(error)
                }
            }, of: database, in: context)
    }
}

extension TransferArrival.Loss {
    /// Both or nothing.
    fileprivate init?(reason: TransferLossReason?, answerable: PlainWords?) throws(InvalidValue) {
        guard (reason == nil) == (answerable == nil) else { throw .unnamedLoss }
        guard let reason, let answerable else { return nil }
        self.init(reason: reason, answerable: answerable)
    }
}
