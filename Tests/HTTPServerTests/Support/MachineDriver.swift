import EventLoop
import HTTPTypes

@testable import HTTPServer

/// Drives a machine as the shell does, with a clock that stands until it is moved.
final class MachineDriver {
    typealias Ticket = ConnectionMachine.Ticket

    private var machine: ConnectionMachine
    private var moment = Moment(now: MonotonicInstant(nanoseconds: 0), date: HTTPDate(unixSeconds: 0))
    /// Requests that were handed to the handler and not answered by ``answer(_:_:)`` yet, by target.
    private(set) var inFlight: [String: Ticket] = [:]
    private(set) var handled: [Request] = []
    private(set) var cancelledCount = 0
    /// The streams whose producers were started, in order.
    private(set) var streaming: [Ticket] = []
    private(set) var hasReset = false
    private(set) var hasFinishedWriting = false
    private(set) var isClosed = false

    /// What the observer was told of, in this order.
    var exchanges: [Exchange] { told.exchanges }
    private let told = Told()

    // @unchecked: a test drives its machine on one thread.
    private final class Told: @unchecked Sendable {
        var exchanges: [Exchange] = []
    }

    init(
        limits: HTTPServer.Limits = HTTPServer.Limits(), peer: ClientAddress = .local,
        refusing refusal: Refusal? = nil, bodyRule: HTTPServer.BodyRule? = nil
    ) {
        let rules = ConnectionRules(
            limits: limits, observer: { [told] in told.exchanges.append($0) }, bodyRule: bodyRule,
            refusalResponse: { refusal, _, _ in Response(status: refusal.status, body: Array("\(refusal)".utf8)) })
        machine = ConnectionMachine(rules: rules, peer: peer, seed: 7, refusing: refusal, at: moment)
        advance()
    }

    func receive(_ text: String) {
        receive(WireText(text).bytes[...])
    }

    func receive(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { machine.received($0) }
        advance()
    }

    /// Reads on in the content of a request, as its handler.
    func read(_ target: String) -> IncomingBody.Piece {
        guard let ticket = inFlight[target] else { return .broken }
        defer { advance() }
        return machine.nextPiece(for: ticket, at: moment)
    }

    /// A GET per target, all at once.
    func get(_ targets: String...) {
        receive(targets.map { "GET \($0) HTTP/1.1\nHost: a\n\n" }.joined())
    }

    func answer(_ target: String, _ change: (inout Response) -> Void = { _ in }) {
        let ticket = takeTicket(target)
        var response = Response(status: .ok, body: Array(target.utf8))
        change(&response)
        machine.answered(ticket, with: response, at: moment)
        advance()
    }

    func fail(_ target: String) {
        let ticket = takeTicket(target)
        machine.failed(ticket, with: CancellationError(), at: moment)
        advance()
    }

    /// Answers with a stream, whose producer is this test.
    func stream(_ target: String, events: Bool = false) {
        let ticket = takeTicket(target)
        let response = Response(status: .ok, stream: ResponseStream(isEvents: events) { _ in })
        machine.answered(ticket, with: response, at: moment)
        advance()
    }

    /// Writes a piece of the stream that was started last; gives whether it is waited for.
    @discardableResult
    func write(piece: String) -> Bool {
        guard let ticket = streaming.last else { return false }
        defer { advance() }
        return machine.streamed(Array(piece.utf8), for: ticket, at: moment)
    }

    var holdsBack: Bool { streaming.last.map { machine.holdsBack($0) } ?? false }

    /// Ends the stream that was started last.
    func endStream(failing: Bool = false) {
        guard let ticket = streaming.last else { return }
        if failing { machine.streamFailed(ticket) } else { machine.streamEnded(ticket, at: moment) }
        advance()
    }

    private func takeTicket(_ target: String) -> Ticket {
        guard let ticket = inFlight.removeValue(forKey: target) else {
            preconditionFailure("\(target) is not in flight")
        }
        return ticket
    }

    func peerFinishes() {
        machine.peerFinished()
        advance()
    }

    func drain() {
        machine.drain(at: moment)
        advance()
    }

    func lose() {
        machine.lost()
        advance()
    }

    func wait(milliseconds: Int) {
        moment.now = moment.after(milliseconds: milliseconds)
        machine.deadlinePassed(at: moment)
        advance()
    }

    var interest: Interest { machine.interest }

    /// Lets the kernel take `count` bytes, or all, and returns them with plain line feeds.
    func write(_ count: Int? = nil) -> String {
        let text = machine.output.withUnsafeBytes { String(decoding: $0.prefix(count ?? $0.count), as: UTF8.self) }
        machine.wrote(count ?? machine.output.count, at: moment)
        machine.report(at: moment.now)
        advance()
        return text.replacing("\r\n", with: "\n")
    }

    /// The bodies of all answers that wait to be written, written; with "!" after one that announces the end.
    func answers() -> [String] {
        write().split(separator: "HTTP/1.1 ").map { answer in
            let parts = answer.split(separator: "\n\n", maxSplits: 1)
            let body = parts.count > 1 ? String(parts[1]) : String(answer.prefix(3))
            return parts[0].contains("Connection: close") ? body + "!" : body
        }
    }

    private func advance() {
        while true {
            switch machine.nextStep(at: moment) {
            case .handle(let request, let ticket):
                handled.append(request)
                inFlight[request.target] = ticket
            case .stream(_, let ticket): streaming.append(ticket)
            case .cancel: cancelledCount += 1
            case .finishWriting: hasFinishedWriting = true
            case .close:
                isClosed = true
                machine.report(at: moment.now)
                return
            case .reset:
                (isClosed, hasReset) = (true, true)
                machine.report(at: moment.now)
                return
            case .wait: return
            }
        }
    }
}
