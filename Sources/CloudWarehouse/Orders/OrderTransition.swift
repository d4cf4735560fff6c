/// What happens to an order that is there.
public enum OrderEvent: String, CaseIterable, Hashable, Sendable {
    /// Its source says that it is paid.
    case pay
    /// Its source, or a person, calls it off.
    case cancel
    /// Its hold has ended.
    case expire
}

/// What an event makes of an order.
public enum OrderTransition: Hashable, Sendable {
    /// It gets this state, and its claims with it.
    case becomes(OrderState)
    /// It is so already: the event has happened before, or comes too late to matter.
    case unchanged
    /// The event is refused, for this reason.
    case refused(OrderChangeRefusal)
}

/// Why an order stays as it is, although everything worked.
public enum OrderChangeRefusal: Error, Hashable, Sendable {
    /// Its goods are picked already, or beyond: stop the parcel instead, or take it back.
    case notCancellable(OrderState)
    /// It claims nothing any more: the payment is to be given back, or the order placed anew.
    case notPayable(OrderState)
    /// It is paid, so it does not end by itself.
    case notExpirable(OrderState)
}

extension OrderState {
    /// The table of orders: what the event makes of an order in this state.
    public func after(_ event: OrderEvent) -> OrderTransition {
        switch (event, self) {
        case (.pay, .held): .becomes(.committed)
        case (.pay, .committed), (.pay, .picked), (.pay, .packed), (.pay, .shipped), (.pay, .returned): .unchanged
        // Its stock may be somebody else's by now.
        case (.pay, .released), (.pay, .cancelled): .refused(.notPayable(self))

        case (.cancel, .held), (.cancel, .committed), (.cancel, .released): .becomes(.cancelled)
        case (.cancel, .cancelled): .unchanged
        case (.cancel, .picked), (.cancel, .packed), (.cancel, .shipped), (.cancel, .returned):
            .refused(.notCancellable(self))

        case (.expire, .held): .becomes(.released)
        case (.expire, .released), (.expire, .cancelled): .unchanged
        case (.expire, .committed), (.expire, .picked), (.expire, .packed), (.expire, .shipped), (.expire, .returned):
            .refused(.notExpirable(self))
        }
    }
}

extension OrderChangeRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .notCancellable(let state): "an order that is \(state.rawValue) is not cancelled any more"
        case .notPayable(let state): "an order that is \(state.rawValue) is not paid any more: it claims nothing"
        case .notExpirable(let state): "an order that is \(state.rawValue) does not expire"
        }
    }
}
