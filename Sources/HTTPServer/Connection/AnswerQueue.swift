internal import EventLoop

/// The requests of one connection that are being handled, in the order in which their answers must leave.
struct AnswerQueue {
    /// Names one request of a connection; never used twice.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Slot {
        let isHead: Bool
        let changes: Bool
        let version: HTTPVersion
        var deadline: MonotonicInstant
        var exchange: Exchange
        var response: Response?
    }

    private var slots: [Slot] = []
    private var firstNumber = 0

    var isEmpty: Bool { slots.isEmpty }
    var count: Int { slots.count }
    /// How many requests there were, those answered long ago included.
    var totalCount: Int { firstNumber + slots.count }

    /// The oldest request that has no answer yet: when it must have one, and whether it may have changed something. It has
    /// the earliest deadline of all, since all get equal time.
    var oldestOpen: (ticket: Ticket, deadline: MonotonicInstant, changes: Bool)? {
        guard !slots.isEmpty, let index = slots.firstIndex(where: { $0.response == nil }) else { return nil }
        return (Ticket(number: firstNumber + index), slots[index].deadline, slots[index].changes)
    }

    mutating func append(
        _ exchange: Exchange, isHead: Bool, changes: Bool = false, version: HTTPVersion, deadline: MonotonicInstant
    ) -> Ticket {
        slots.append(
            Slot(isHead: isHead, changes: changes, version: version, deadline: deadline, exchange: exchange))
        return Ticket(number: totalCount - 1)
    }

    /// Gives the newest request other time; the order of deadlines stays that of the requests.
    mutating func setDeadline(_ deadline: MonotonicInstant, of ticket: Ticket) {
        let index = ticket.number - firstNumber
        if slots.indices.contains(index) { slots[index].deadline = deadline }
    }

    /// Whether a request is the oldest, so that nothing is owed before its answer.
    func isFirst(_ ticket: Ticket) -> Bool {
        ticket.number == firstNumber && !slots.isEmpty
    }

    /// Whether the answer for a ticket is still to come.
    func awaits(_ ticket: Ticket) -> Bool {
        let index = ticket.number - firstNumber
        return slots.indices.contains(index) && slots[index].response == nil
    }

    /// What the request of a ticket that awaits its answer is called.
    func id(of ticket: Ticket) -> RequestID {
        slots[ticket.number - firstNumber].exchange.id
    }

    /// Notes so many bytes more of a request's content.
    mutating func received(_ count: Int, for ticket: Ticket) {
        let index = ticket.number - firstNumber
        if slots.indices.contains(index) { slots[index].exchange.requestBytes += count }
    }

    /// Takes the answer for a ticket, the server's own with its reason.
    ///
    /// - Returns: false if it has one already or nobody waits for it any more.
    mutating func answer(_ ticket: Ticket, _ response: Response, refusal: Refusal? = nil) -> Bool {
        guard awaits(ticket) else { return false }
        slots[ticket.number - firstNumber].response = response
        slots[ticket.number - firstNumber].exchange.refusal = refusal
        return true
    }

    /// Removes the oldest request if it has its answer.
    mutating func popAnswered() -> (
        ticket: Ticket, response: Response, isHead: Bool, version: HTTPVersion, exchange: Exchange
    )? {
        guard !slots.isEmpty, slots[0].response != nil else { return nil }
        // Moved out and not copied; nearly always it is the only one.
        let slot = slots.count == 1 ? slots.removeLast() : slots.removeFirst()
        guard let response = slot.response else { return nil }
        defer { firstNumber += 1 }
        return (Ticket(number: firstNumber), response, slot.isHead, slot.version, slot.exchange)
    }

    /// Forgets all requests, of which `ledger` is told; returns the tickets of those that have no answer.
    mutating func removeAll(noting ledger: inout ExchangeLedger) -> [Ticket] {
        let open = slots.indices.filter { slots[$0].response == nil }.map { Ticket(number: firstNumber + $0) }
        for slot in slots { ledger.gaveUp(slot.exchange) }
        firstNumber += slots.count
        slots = []
        return open
    }
}
