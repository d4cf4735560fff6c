internal import CloudWarehouse

/// An order that is paid and short of goods: what it lacks, and what to do.
struct OrderShortage {
    /// Which order.
    let order: ID<CustomerOrder>
    /// Its lines; nil when they could not be read.
    let details: OrderDetails?

    /// Which lines are short, and of how much: of a line with parts, those parts.
    var text: Text {
        let short = details?.shortLines ?? []
        guard !short.isEmpty else {
            return Text(en: "the order is paid, and some of its goods are not there", zh: "订单已付款，但缺货")
        }
        let lines = short.map { line in
            let lacks = Text.amount(line.remaining, in: line.unit)
            return Text(
                en: "line \(line.position): \(lacks.en) of \(line.sku)",
                zh: "第 \(line.position) 行 \(line.sku) \(lacks.zh)")
        }
        return Text(
            en: "the order is paid, and these goods are not there: " + lines.map(\.en).joined(separator: "; "),
            zh: "订单已付款，但缺货：" + lines.map(\.zh).joined(separator: "；"))
    }

    /// What to do, in a sentence: what is not proposed in a pipe is said there.
    var remedy: Text {
        Text(
            en:
                "once they have come: yuncang order claim \(order), or give the money back: yuncang order cancel \(order)",
            zh: "到货后执行 yuncang order claim \(order) 认领，或退款并执行 yuncang order cancel \(order)")
    }
}

extension OrderDetails {
    /// The lines and parts that wait for goods themselves.
    var shortLines: [Line] {
        let headers = Set(lines.lazy.filter { $0.remaining > 0 }.compactMap(\.partOf))
        return lines.filter { $0.claim == .short && !headers.contains($0.position) }
    }
}

extension OrderDetails.Line {
    /// How much of it is still wanted, in base units.
    var remaining: Int64 { quantity.rawValue - cancelled.rawValue }
}

extension Output {
    /// Says that an order is short of goods, in a pipe too.
    func warn(of shortage: OrderShortage) {
        note(shortage.text, .warning)
        note(shortage.remedy)
    }
}

extension NextStep {
    /// Calls an order off.
    static func cancel(_ order: ID<CustomerOrder>) -> NextStep {
        NextStep(command: "yuncang order cancel \(order)", purpose: Text(en: "call it off", zh: "取消订单"))
    }
}
