internal import CloudWarehouse
internal import Postgres

extension StockError: ExplainedFailure {
    /// Why the stock was not changed, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownWarehouse(let code):
            CommandFailure(
                .failure, what: Text(en: "there is no warehouse '\(code)'", zh: "没有仓库“\(code)”"),
                next: [
                    NextStep(
                        command: "yuncang warehouse list",
                        purpose: Text(en: "the warehouses that there are", zh: "查看现有的仓库"))
                ])
        case .unknownLocation(let warehouse, let location):
            CommandFailure(
                .failure,
                what: Text(
                    en: "warehouse '\(warehouse)' has no location '\(location)'",
                    zh: "仓库“\(warehouse)”没有库位“\(location)”"),
                next: [
                    NextStep(
                        command: "yuncang location list --warehouse \(warehouse)",
                        purpose: Text(en: "the locations that there are", zh: "查看现有的库位"))
                ])
        case .unknownZone, .closedLocation, .closedZone, .locationInUse, .zoneInUse: layoutFailure
        case .unknownSKUs(let codes):
            Self.unknown(
                codes.map(\.rawValue), en: "SKUs", zh: "单品",
                next: NextStep(
                    command: "yuncang product list", purpose: Text(en: "the SKUs that there are", zh: "查看现有的单品")))
        case .unknownOwners(let codes):
            Self.unknown(
                codes.map(\.rawValue), en: "owners", zh: "货主",
                next: NextStep(
                    command: "yuncang owner list", purpose: Text(en: "the owners that there are", zh: "查看现有的货主")))
        case .sets(let codes):
            CommandFailure(
                .failure, what: Text(en: "gift sets have no stock of their own", zh: "礼盒没有自己的库存"),
                why: .verbatim(codes.map(\.rawValue).joined(separator: ", ")),
                remedy: Text(en: "receive what they are made of", zh: "请按其组成收货"),
                next: codes.prefix(1).map { code in
                    NextStep(
                        command: "yuncang product show \(ShellWord.quoted(code.rawValue))",
                        purpose: Text(en: "what it is made of", zh: "查看它的组成"))
                })
        case .several(let errors): Self.together(errors.map(\.commandFailure))
        case .expired(let lines, let today): Self.explained(lines, today)
        case .inboundStays(let refusal): refusal.commandFailure
        case .loadingStays(let refusal): refusal.commandFailure
        case .transferStays(let refusal): refusal.commandFailure
        case .countStays(let refusal): refusal.commandFailure
        case .notAdjusted(let refusal): refusal.commandFailure
        case .tooMuch(let lines):
            CommandFailure(
                .failure,
                what: lines.first.map {
                    Text(en: "with line \($0) more came than the stock can count", zh: "加上第 \($0) 行，到货数量超出库存可记录的上限")
                } ?? Text(en: "more came than the stock can count", zh: "到货数量超出库存可记录的上限"),
                remedy: Text(en: "nothing was received; check the quantities", zh: "什么都没有收；请核对数量"))
        case .codeTaken: .codeTaken
        case .otherDeliveryUnderReference:
            CommandFailure(
                .failure,
                what: Text(
                    en: "another delivery was received under this reference", zh: "该单号已用于另一次收货"),
                remedy: Text(
                    en: "a delivery is received once: check the reference on its paper",
                    zh: "每次到货只收一次：请核对单据上的单号"))
        case .database(let error): error.commandFailure
        }
    }

    private static func explained(_ lines: [ExpiredLine], _ today: CalendarDate) -> CommandFailure {
        var failure = CommandFailure(
            .failure,
            what: Text(
                en: "the delivery brings goods that have expired; today is \(today)", zh: "到货中有已过期的商品；今天是 \(today)"),
            remedy: Text(
                en: "nothing was received: send them back, or add --expired to take them in and set them aside",
                zh: "什么都没有收：请退回，或加 --expired 收下并列为待检（不可售）"))
        failure.details = lines.map { line in
            FailureDetail(
                code: "expired", line: line.number,
                text: Text(
                    en: "\(line.sku): its last good day was \(line.expiredOn)",
                    zh: "\(line.sku)：保质期到 \(line.expiredOn)"))
        }
        failure.detailCount = lines.count
        return failure
    }

    /// The failures as one, which names what each of them is about.
    private static func together(_ failures: [CommandFailure]) -> CommandFailure {
        let causes = failures.map { failure in
            let cause = failure.why.map { ": " + $0.en } ?? ""
            return Text(en: failure.what.en + cause, zh: failure.what.zh + cause)
        }
        return CommandFailure(
            .failure,
            what: Text(
                en: "the delivery names several things that there are not", zh: "这次到货提到了几样不存在的东西"),
            why: Text(
                en: causes.map(\.en).joined(separator: "\n"), zh: causes.map(\.zh).joined(separator: "\n")),
            remedy: Text(en: "nothing was received; add them first", zh: "什么都没有收；请先添加它们"),
            next: failures.flatMap(\.next))
    }

    private static func unknown(_ codes: [String], en: String, zh: String, next: NextStep) -> CommandFailure {
        CommandFailure(
            .failure, what: Text(en: "there are no such \(en)", zh: "没有这些\(zh)"),
            why: .verbatim(codes.joined(separator: ", ")),
            remedy: Text(en: "check the spelling, or add them first", zh: "请检查拼写，或先添加它们"), next: [next])
    }
}
