import CloudWarehouse
import FoundationEssentials

@testable import yuncang

/// A shop that keeps what a real one promises, without sockets and clocks; it can be away, and lose answers.
struct FakeShop {
    private(set) var left: Int64
    private(set) var orders: [Int: (id: ID<CustomerOrder>, pieces: Int64, state: OrderState)] = [:]
    /// Nothing is answered for so many requests from now on; the first half of them takes effect nevertheless.
    var losses = 0

    init(stock: Int64) {
        left = stock
    }

    mutating func reply(to job: SessionDesk.Job) -> SessionReply {
        guard losses > 0 else { return effect(of: job) }
        losses -= 1
        guard losses % 2 == 0 else { return .away(.unreachable) }
        _ = effect(of: job)
        return .away(.lost)
    }

    private mutating func effect(of job: SessionDesk.Job) -> SessionReply {
        let viewer = job.viewer
        switch job.step {
        case .place:
            if let order = orders[viewer.number] { return .placed(order.id) }
            guard viewer.pieces <= left else { return .soldOut }
            left -= viewer.pieces
            let id = ID<CustomerOrder>(rawValue: UUID())
            orders[viewer.number] = (id, viewer.pieces, viewer.course.holds ? .held : .committed)
            return .placed(id)
        case .pay:
            orders[viewer.number]?.state = .committed
        case .cancel:
            if orders[viewer.number]?.state != .cancelled { left += viewer.pieces }
            orders[viewer.number]?.state = .cancelled
        }
        return .changed
    }
}

extension SessionDesk {
    /// Lets one after the other be served; half-way the shop is away for a while.
    static func played(_ plan: SessionPlan, in shop: inout FakeShop, stock: Int64, losing losses: Int) -> (
        tally: SessionTally, news: [News]
    ) {
        var desk = SessionDesk(plan, stock: stock)
        var (now, heard) = (Duration.zero, [News]())
        repeat {
            while let job = desk.next(at: now) {
                now = max(now, job.due)
                var tries = 0
                while true {
                    let sent = now
                    now += .milliseconds(1)
                    tries += 1
                    let (verdict, news) = desk.hear(shop.reply(to: job), to: job, sent: sent, at: now, tries: tries)
                    heard += news
                    for case .halfway in news { shop.losses = losses }
                    guard case .again(let pause) = verdict else { break }
                    now += pause
                }
            }
            guard let late = desk.addLateViewers(at: now) else { break }
            heard.append(late)
        } while true
        return (desk.tally, heard)
    }
}
