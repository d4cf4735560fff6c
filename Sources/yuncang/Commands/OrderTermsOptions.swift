internal import ArgumentParser
internal import CloudWarehouse

/// What only some orders say.
struct OrderTermsOptions: ParsableArguments {
    @Option(help: ArgumentHelp(en: "Who buys, as the source names them.", zh: "买家在来源平台的名称。", valueName: "name"))
    var buyer: String?

    @Option(help: ArgumentHelp(en: "The shop that sold it.", zh: "售出的店铺。", valueName: "name"))
    var shop: String?

    @Option(
        help: ArgumentHelp(
            en: "When it has to have left by the base's clocks, such as 2026-12-01T18:00; a day alone: its end.",
            zh: "最晚发货时间，按基地时间，例如 2026-12-01T18:00；只写日期指当天结束。", valueName: "time"))
    var shipBy: String?

    @Option(
        help: ArgumentHelp(
            en: "Before when it must not leave; a day alone: its start.", zh: "最早发货时间；只写日期指当天开始。",
            valueName: "time"))
    var shipNotBefore: String?

    @Option(help: ArgumentHelp(en: "What the buyer wrote.", zh: "买家留言。", valueName: "text"))
    var buyerNote: String?

    @Option(help: ArgumentHelp(en: "What the seller wrote.", zh: "卖家备注。", valueName: "text"))
    var sellerNote: String?

    /// What was typed, checked as far as it can be without the base.
    struct Typed: Sendable {
        fileprivate var terms: OrderTerms
        fileprivate let shipBy: LocalInstant?
        fileprivate let shipNotBefore: LocalInstant?

        /// The same, at the instants that the base's clocks say.
        func terms(in base: OpenBase) async throws -> OrderTerms {
            var terms = terms
            if let shipBy { terms.shipBy = try await base.instant(shipBy) }
            if let shipNotBefore { terms.shipNotBefore = try await base.instant(shipNotBefore) }
            return terms
        }
    }

    /// Reads what was typed.
    func typed() throws(CommandFailure) -> Typed {
        var terms = OrderTerms.none
        if let shop { terms.shop = try ShopName(argument: shop) }
        if let buyer { terms.buyer = try Buyer(argument: buyer) }
        if let buyerNote { terms.buyerNote = try OrderNote(argument: buyerNote) }
        if let sellerNote { terms.sellerNote = try OrderNote(argument: sellerNote) }
        return Typed(
            terms: terms,
            shipBy: try shipBy.map { (text) throws(CommandFailure) in try LocalInstant(argument: text, of: .end) },
            shipNotBefore: try shipNotBefore.map { (text) throws(CommandFailure) in
                try LocalInstant(argument: text, of: .start)
            })
    }
}
