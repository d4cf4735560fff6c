/// What the intake is asked to do.
enum OrderCommand: Sendable {
    case place(PlaceOrder)
    case change(ChangeOrder)

    /// How many lines it names: what bounds the statements of a batch.
    var lineCount: Int {
        switch self {
        case .place(let order): order.lines.count
        case .change(let change):
            if case .edit(let lines) = change.change { lines.count } else { 1 }
        }
    }
}
