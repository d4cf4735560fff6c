internal import CloudWarehouse

/// The lines of an order, numbered, each with its parts indented below it.
struct OrderLineTable {
    /// Each with its parts behind it.
    let lines: [OrderDetails.Line]

    /// What was cancelled has a column only if something was, so that most orders fit a terminal of 80 columns.
    var table: Table {
        let isReduced = lines.contains { $0.cancelled != .zero }
        var table = Table(
            [
                .keys(Text(en: "#", zh: "行")), .keys(Text(en: "SKU", zh: "单品")), .words(Text(en: "NAME", zh: "名称")),
                .numbers(Text(en: "QUANTITY", zh: "数量")),
            ] + (isReduced ? [.numbers(Text(en: "LESS", zh: "取消"))] : []) + [
                .numbers(Text(en: "PRICE", zh: "单价")), .numbers(Text(en: "YUAN", zh: "金额（元）")),
                .terms(Text(en: "CLAIM", zh: "占用")), .keys(Text(en: "FROM", zh: "仓库/货主")),
            ])
        for line in lines {
            let role: Role = line.remaining > 0 ? .plain : .quiet
            table.append(
                [
                    StyledText((line.partOf == nil ? "" : "  ") + "\(line.position)", role),
                    StyledText(line.sku.rawValue, role), StyledText(line.name.rawValue, role),
                    StyledText(QuantityText(line.quantity, in: line.unit).words.current, role),
                ] + (isReduced ? [StyledText(line.less, role)] : []) + [
                    StyledText(line.cost { PriceText(line.price, in: line.unit).words.current }, role),
                    StyledText(line.cost { line.amount.yuan }, role), line.claim.styled,
                    StyledText(line.place.map { "\($0.warehouse)/\($0.owner)" } ?? "", role),
                ])
        }
        return table
    }
}

extension OrderDetails.Line {
    /// So much of it is not wanted any more; nothing where all is.
    fileprivate var less: String {
        cancelled == .zero ? "" : QuantityText(cancelled, in: unit).words.current
    }

    /// What it costs, which of a part is nothing: its line has the price.
    fileprivate func cost(_ text: () -> String) -> String { partOf == nil ? text() : "" }
}
