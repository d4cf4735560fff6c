/// What happens to an order that is there.
public enum OrderEvent: String, CaseIterable, Hashable, Sendable {
    /// Its source says that it is paid.
    case pay
    /// Its source, or a person, calls it off.
    case cancel
    /// Its hold has ended.
    case expire
    /// Goods that it is short of are looked for again.
    case claim
    /// Its lines are replaced by others.
    case edit
    /// Less of its lines is wanted.
    case reduce
}

/// What an event makes of an order.
public enum OrderTransition: Hashable, Sendable {
    /// It gets this state, and its claims with it.
    case becomes(OrderState)
    /// It claims what it lacks: with all of it, it is committed, else paid and short.
    case claims
    /// Its lines become others; the state stays.
    case changesLines
    /// It is so already: the event has happened before, or comes too late to matter.
    case unchanged
    /// The event is refused, for this reason.
    case refused(OrderChangeRefusal)
}

/// Why an order stays as it is, by its state.
public enum OrderChangeRefusal: Error, Hashable, Sendable {
    /// Its goods have left, or it is over; of what is picked nothing is taken away: take its parcel apart first.
    case notCancellable(OrderState)
    /// A parcel of it was recorded: its goods have left, whatever its state says.
    case sent(OrderState)
    /// It was called off: the payment is to be given back, or the order placed anew.
    case notPayable(OrderState)
    /// It is paid, so it does not end by itself.
    case notExpirable(OrderState)
    /// It is not paid, or is over.
    case notClaimable(OrderState)
    /// It is paid or over: cancel lines of it, or place another.
    case notEditable(OrderState)
}

extension OrderState {
    /// The table of orders: what the event makes of an order in this state.
    public func after(_ event: OrderEvent) -> OrderTransition {
        switch (event, self) {
        case (.pay, .held): .becomes(.committed)
        case (.pay, .committed), (.pay, .paidShort), (.pay, .picked), (.pay, .packed), (.pay, .shipped),
            (.pay, .returned):
            .unchanged
        // The hold has ended and the payment has come: what is still there is claimed, the rest is for a person.
        case (.pay, .released): .claims
        case (.pay, .cancelled): .refused(.notPayable(self))

        // Of what is picked or packed the parcel is stopped where it is packed and where it is handed over.
        case (.cancel, .held), (.cancel, .committed), (.cancel, .paidShort), (.cancel, .picked), (.cancel, .packed),
            (.cancel, .released):
            .becomes(.cancelled)
        case (.cancel, .cancelled): .unchanged
        case (.cancel, .shipped), (.cancel, .returned):
            .refused(.notCancellable(self))

        case (.expire, .held): .becomes(.released)
        case (.expire, .released), (.expire, .cancelled): .unchanged
        case (.expire, .committed), (.expire, .paidShort), (.expire, .picked), (.expire, .packed), (.expire, .shipped),
            (.expire, .returned):
            .refused(.notExpirable(self))

        case (.claim, .paidShort): .claims
        case (.claim, .committed), (.claim, .picked), (.claim, .packed), (.claim, .shipped), (.claim, .returned):
            .unchanged
        case (.claim, .held), (.claim, .released), (.claim, .cancelled): .refused(.notClaimable(self))

        case (.edit, .held): .changesLines
        case (.edit, .committed), (.edit, .paidShort), (.edit, .picked), (.edit, .packed), (.edit, .shipped),
            (.edit, .released), (.edit, .cancelled), (.edit, .returned):
            .refused(.notEditable(self))

        case (.reduce, .held), (.reduce, .committed), (.reduce, .paidShort): .changesLines
        case (.reduce, .picked), (.reduce, .packed), (.reduce, .shipped), (.reduce, .released), (.reduce, .cancelled),
            (.reduce, .returned):
            .refused(.notCancellable(self))
        }
    }
}

extension OrderState {
    /// The same for an order of which a parcel may be recorded: what has left is not given back.
    ///
    /// - Parameter isSent: A parcel of it was recorded and not taken back, or goods of it have left.
    public func after(_ event: OrderEvent, isSent: Bool) -> OrderTransition {
        let transition = after(event)
        guard isSent, claim != .released, event == .cancel || event == .reduce else { return transition }
        if case .refused = transition { return transition }
        return .refused(.sent(self))
    }
}

extension OrderChangeRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .notCancellable(let state): "an order that is \(state.rawValue) is not cancelled any more"
        case .sent(let state):
            "an order that is \(state.rawValue) and of which a parcel is recorded is not cancelled any more: stop the parcel "
                + "and withdraw its number first"
        case .notPayable(let state): "an order that is \(state.rawValue) is not paid any more: it claims nothing"
        case .notExpirable(let state): "an order that is \(state.rawValue) does not expire"
        case .notClaimable(let state): "an order that is \(state.rawValue) is not short of goods"
        case .notEditable(let state): "an order that is \(state.rawValue) is not edited any more"
        }
    }
}
