internal import CloudWarehouse

extension OrderRefusal {
    /// Why an order was not placed or changed, and what to do.
    ///
    /// - Parameters:
    ///   - units: In what its SKUs are counted.
    ///   - lines: In what its lines are counted, by their positions.
    func commandFailure(
        in units: [SKUCode: BaseUnit] = [:], lines: [Int16: BaseUnit] = [:]
    ) -> CommandFailure {
        switch self {
        case .unknownSKU(let code): return .unknownSKU(code)
        case .noPrice(let code):
            return CommandFailure(
                .failure, what: Text(en: "\(code) has no list price", zh: "\(code) 没有标价"),
                remedy: Text(en: "say the price: \(code):QUANTITY@PRICE", zh: "请写明单价：\(code):数量@单价"))
        case .amountTooLarge:
            return CommandFailure(.failure, what: Text(en: "the order's amount is too large", zh: "订单金额过大"))
        case .soldOut(let shortages): return Self.explained(shortages, in: units)
        case .buyerNotNamed(let code):
            return CommandFailure(
                .failure,
                what: Text(
                    en: "one buyer may have only so much of \(code), and the order does not say who buys",
                    zh: "\(code) 每位买家限购，而订单没有写明买家"),
                remedy: Text(en: "name the buyer when the order is placed: --buyer NAME", zh: "下单时写明买家：--buyer 买家"))
        case .overBuyerLimit(let code, let limit, let has):
            let (most, taken) = (Text.amount(limit, in: units[code]), Text.amount(has, in: units[code]))
            return CommandFailure(
                .failure,
                what: Text(
                    en: "one buyer may have \(most.en) of \(code), and this one has \(taken.en) already",
                    zh: "\(code) 每位买家限购 \(most.zh)，这位买家已有 \(taken.zh)"),
                remedy: Text(
                    en: "ask for less; unpaid orders that still hold stock count too",
                    zh: "请减少数量；仍在占用库存的未付款订单也计算在内"))
        case .otherOrderUnderReference:
            return CommandFailure(
                .failure,
                what: Text(en: "the source has used this reference for another order", zh: "该来源的这个单号已用于另一个订单"),
                remedy: Text(en: "use a new reference", zh: "请换一个单号"))
        case .unknownOrder: return .unknownOrder
        case .stays(let refusal): return refusal.commandFailure
        case .otherRevision(let revision):
            return CommandFailure(
                .failure,
                what: Text(
                    en: "the order was changed meanwhile: its revision is \(revision)", zh: "订单已被改动：当前版本是 \(revision)"),
                remedy: Text(
                    en: "look at it again, then give --revision \(revision)", zh: "请重新查看订单，再写 --revision \(revision)"))
        case .damaged:
            return CommandFailure(
                .failure,
                what: Text(
                    en: "the order's records contradict each other, and nothing is done to it", zh: "订单记录自相矛盾，无法处理"),
                next: [
                    NextStep(command: "yuncang verify", purpose: Text(en: "what is wrong", zh: "查看问题所在"))
                ])
        case .unknownLine(let position):
            return CommandFailure(
                .failure, what: Text(en: "the order has no line \(position)", zh: "订单没有第 \(position) 行"),
                remedy: Text(
                    en: "yuncang order show numbers its lines; parts of a line are not changed by themselves",
                    zh: "yuncang order show 列出行号；一行的组成部分不能单独改动"))
        case .moreThanOrdered(let position, let remaining):
            let left = Text.amount(remaining, in: lines[position])
            return CommandFailure(
                .failure, what: Text(en: "line \(position) has \(left.en) left", zh: "第 \(position) 行还有 \(left.zh)"),
                remedy: Text(
                    en: "say how much of it remains, and no more than that", zh: "请写要保留的数量，不超过现有数量"))
        case .nothingRemains:
            return CommandFailure(
                .failure, what: Text(en: "nothing of the order would remain", zh: "订单将什么都不剩"),
                remedy: Text(en: "cancel it instead: yuncang order cancel", zh: "请改用取消：yuncang order cancel"))
        case .tooManyLines:
            return CommandFailure(
                .failure,
                what: Text(
                    en: "the order has too many lines with the parts of its sets, or was edited too often",
                    zh: "订单连同套装组成的行数过多，或改动次数过多"),
                remedy: Text(en: "place several orders instead", zh: "请改为分成几单下单"))
        }
    }

    /// The SKUs of which it names quantities.
    var countedSKUs: [SKUCode] {
        switch self {
        case .soldOut(let shortages): shortages.map(\.sku)
        case .overBuyerLimit(let code, _, _): [code]
        default: []
        }
    }

    /// What is asked for and what is left, SKU by SKU.
    private static func explained(_ shortages: [Shortage], in units: [SKUCode: BaseUnit]) -> CommandFailure {
        let codes = shortages.map(\.sku.rawValue)
        var failure = CommandFailure(
            .failure,
            what: Text(
                en: "not so much of \(codes.joined(separator: ", ")) is left",
                zh: "\(codes.joined(separator: "、")) 余量不足"),
            remedy: Text(
                en: "nothing was done: ask for less, or receive more first", zh: "什么都没有改变：减少数量，或先入库"),
            next: [
                NextStep(
                    command: codes.count == 1 ? "yuncang stock show \(codes[0])" : "yuncang stock show",
                    purpose: Text(en: "what there is", zh: "查看库存"))
            ])
        failure.details = shortages.map { shortage in
            let unit = units[shortage.sku]
            let (asked, left) = (Text.amount(shortage.asked, in: unit), Text.amount(shortage.available, in: unit))
            return FailureDetail(
                code: "sold_out",
                text: Text(
                    en: "\(shortage.sku): \(asked.en) asked for, \(left.en) left",
                    zh: "\(shortage.sku)：需要 \(asked.zh)，剩余 \(left.zh)"))
        }
        failure.detailCount = shortages.count
        return failure
    }
}

extension OrderChangeRefusal {
    /// Why the order stays as it is, and what can be done instead.
    fileprivate var commandFailure: CommandFailure {
        CommandFailure(
            .failure,
            what: Text(en: "the order stays as it is", zh: "订单保持原状"),
            why: Text(en: description, zh: "订单状态为“\(state.words.zh)”"), remedy: remedy)
    }

    /// The state that the order stays in.
    private var state: OrderState {
        switch self {
        case .notCancellable(let state), .sent(let state), .notPayable(let state), .notExpirable(let state),
            .notClaimable(let state), .notEditable(let state):
            state
        }
    }

    private var remedy: Text? {
        switch self {
        case .notEditable(.committed), .notEditable(.paidShort):
            Text(
                en: "what is paid is not edited: cancel a part of it with yuncang order reduce, or place another",
                zh: "已付款的订单不能改单：可用 yuncang order reduce 部分取消，或另下一单")
        case .notEditable: Text(en: "place another order", zh: "请另下一单")
        case .notClaimable:
            Text(
                en: "only an order that is paid and short of goods looks for them again",
                zh: "只有已付款且缺货的订单才能认领缺货")
        case .sent:
            Text(
                en: "stop the parcel and withdraw its number with yuncang shipment withdraw, or let it come back",
                zh: "请先拦截包裹，并用 yuncang shipment withdraw 撤回单号；或等货退回")
        case .notCancellable, .notPayable, .notExpirable: nil
        }
    }
}

extension OpenBase {
    /// What the refusal means to people, in the units of the goods.
    func failure(of refusal: OrderRefusal, lines: [Int16: BaseUnit] = [:]) async -> CommandFailure {
        let codes = refusal.countedSKUs
        let units = codes.isEmpty ? [:] : (try? await catalog.units(of: codes)) ?? [:]
        return refusal.commandFailure(in: units, lines: lines)
    }
}
