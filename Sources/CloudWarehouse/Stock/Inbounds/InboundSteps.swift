import Postgres

/// What is written down of a delivery that is taken in, released and put away at once.
enum InboundSteps {
    /// Each step that such a delivery takes, by the table of deliveries: the short way has no states of its own.
    static func atOnce(_ receipt: Receipt, at location: Location, ids: inout IDGenerator) -> [InboundStep] {
        var state = InboundState.absent
        var steps: [InboundStep] = []
        // What stands at a dock is still to be put away.
        let ending: [InboundEvent] = location.terms.purpose == .storage ? [.release, .putAway] : [.release]
        for event in [InboundEvent.arrive, .count, .finish] + ending {
            let next = Self.next(state, event)
            var step = InboundStep(id: ids.next(), event: event, from: state, to: next)
            if event == .count || event == .putAway {
                step.reference = receipt.reference
                step.fingerprint = receipt.fingerprint
            }
            steps.append(step)
            state = next
        }
        return steps
    }

    /// The state after an event of a delivery of which something is taken in, waits, and is then put away as a whole.
    private static func next(_ state: InboundState, _ event: InboundEvent) -> InboundState {
        switch state.after(event) {
        case .becomes(let next): next
        case .counts: state
        case .finishes: .received
        case .releases: .released
        case .moves: .stored
        case .cancelsIfEmpty, .unchanged, .retracts, .follows, .refused:
            preconditionFailure("the short way of a delivery is not in its table: \(event) of \(state)")
        }
    }
}
