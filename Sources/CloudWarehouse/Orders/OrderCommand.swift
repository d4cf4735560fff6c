/// What the intake is asked to do.
enum OrderCommand: Sendable {
    case place(PlaceOrder)
    case change(ChangeOrder)

    /// How many lines it names, at least one: by this a batch is gathered, before it is known what the lines are made of.
    var lineCount: Int { max(1, lines.count) }

    /// The lines that it says an order is to have.
    var lines: [PlaceOrder.Line] {
        switch self {
        case .place(let order): order.lines
        case .change(let change):
            if case .edit(let lines) = change.change { lines } else { [] }
        }
    }
}
