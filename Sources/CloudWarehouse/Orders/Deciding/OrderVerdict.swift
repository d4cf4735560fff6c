/// What is to become of one command of a batch.
enum OrderVerdict: Equatable {
    /// It is done, or was before: this is its answer once the batch is committed.
    case answer(OrderAnswer)
    /// It is not done.
    case refuse(OrderRefusal)
    /// It cannot be decided yet, since somebody else has locked a row that it needs.
    case wait(IntakeSnapshot.Obstacle)
}

/// Something that a batch does to an order, for the outbox and the audit log.
struct OrderDeed: Equatable {
    let order: ID<CustomerOrder>
    let kind: OrderDeedKind
    /// The person who did it; nil for the order's source.
    let principal: Principal?
}

/// What was done, as outbox and audit log name it.
enum OrderDeedKind: Hashable, CaseIterable {
    case place
    case change(OrderEvent)

    static let allCases = [.place] + OrderEvent.allCases.map { Self.change($0) }

    /// The event's kind in the outbox, after `orders.`.
    var participle: String {
        switch self {
        case .place: "placed"
        case .change(.pay): "paid"
        case .change(.cancel): "cancelled"
        case .change(.expire): "expired"
        case .change(.claim): "claimed"
        case .change(.edit): "edited"
        case .change(.reduce): "reduced"
        }
    }

    /// The action in the audit log, after `order.`.
    var verb: String {
        switch self {
        case .place: "place"
        case .change(let event): event.rawValue
        }
    }
}
