internal import CloudWarehouse
internal import JSON

/// What an answer means to whoever waits for it.
enum SessionReply: Sendable, Equatable {
    /// The order is placed, under this identity.
    case placed(ID<CustomerOrder>)
    /// The order is paid, or called off.
    case changed
    /// So many are not left.
    case soldOut
    /// Nobody knows yet: the same has to be sent again.
    case away(Away)
    /// Something else, which should not have been said.
    case refused(String)

    /// Why nobody knows.
    enum Away: Sendable, Equatable {
        /// The connection ended before the answer came.
        case lost
        /// No answer came in time.
        case late
        /// Nobody listens.
        case unreachable
        /// The service cannot answer now.
        case unavailable
        /// Too many ask.
        case busy

        /// Whether it says that nobody is served, and not only that this one was not.
        var isOutage: Bool { self == .unreachable || self == .unavailable }
    }

    /// Reads an answer.
    init(_ answer: ServiceConnection.Answer) {
        let document = try? JSONType<JSONValue>.any.read(answer.body)
        let code: String? = if case .string(let code)? = document?["code"] { code } else { nil }
        let id: ID<CustomerOrder>? = if case .string(let text)? = document?["id"] { ID(text) } else { nil }
        switch (answer.status, code, id) {
        case (201, _, let id?): self = .placed(id)
        case (200, _, _?): self = .changed
        case (409, "sold_out"?, _): self = .soldOut
        case (429, _, _), (503, "busy"?, _): self = .away(.busy)
        case (503, _, _): self = .away(.unavailable)
        default:
            self = .refused("\(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
    }

    /// Why there was no answer.
    init(_ failure: ServiceConnection.Failure) {
        switch failure {
        case .unreachable: self = .away(.unreachable)
        case .broken: self = .away(.lost)
        case .late: self = .away(.late)
        }
    }
}
