import CloudWarehouse
import FoundationEssentials
import Testing

@testable import yuncang

@Suite("The desk of a melon session")
struct SessionDeskTests {
    private static let id = ID<CustomerOrder>(rawValue: UUID())

    private func viewer(
        _ number: Int, at arrival: Duration = .zero, pieces: Int64 = 1, _ course: Viewer.Course = .pays,
        twice: Bool = false
    ) -> Viewer {
        Viewer(number: number, arrival: arrival, pieces: pieces, course: course, sendsTwice: twice)
    }

    @Test(
        "everything is sold in the end, and what was told is what is there, whatever was lost on the way",
        arguments: [(600, 50, 0), (600, 50, 7), (3_000, 800, 40), (40, 37, 3), (5, 800, 2)])
    func ending(viewers: Int, stock: Int64, losses: Int) {
        var shop = FakeShop(stock: stock)
        let plan = SessionPlan(viewers: viewers, over: .seconds(20))
        let (tally, news) = SessionDesk.played(plan, in: &shop, stock: stock, losing: losses)
        #expect(shop.left == 0 && tally.left == 0 && tally.sold == stock && tally.mishaps.isEmpty)
        #expect(tally.promises.count == shop.orders.count)
        for (number, order) in shop.orders {
            #expect(
                tally.promises[number]
                    == SessionTally.Promise(order: order.id, pieces: order.pieces, state: order.state))
        }
        #expect(tally.promises.count + tally.refused == tally.viewers)
        #expect((tally.retried > 0) == (losses > 0))
        #expect(tally.outages.isEmpty == (losses == 0))
        #expect(news.contains { if case .halfway = $0 { true } else { false } })
        #expect(tally.soldOutAt != nil)
    }

    @Test("who sends twice is handed out twice, one after the other")
    func twice() {
        let plan = SessionPlan(viewers: [viewer(1), viewer(2, twice: true), viewer(3)])
        var desk = SessionDesk(plan, stock: 9)
        var numbers: [Int] = []
        while let job = desk.next(at: .zero) { numbers.append(job.viewer.number) }
        #expect(numbers == [1, 2, 2, 3])
        #expect(desk.expected == 4)
    }

    @Test("what is due of placed orders goes before those who come later, and never before it is due by them")
    func followUps() throws {
        let plan = SessionPlan(viewers: [
            viewer(1, .cancels(after: .seconds(1))), viewer(2, at: .milliseconds(500)), viewer(3, at: .seconds(2)),
        ])
        var desk = SessionDesk(plan, stock: 9)
        let comer = desk.next(at: .zero)
        let first = try #require(comer)
        _ = desk.hear(.placed(Self.id), to: first, sent: .zero, at: .zero, tries: 1)
        let next2 = desk.next(at: .zero)
        #expect(next2?.viewer.number == 2)
        let followUp = desk.next(at: .zero)
        let cancel = try #require(followUp)
        #expect(cancel.step == .cancel(Self.id) && cancel.due == .seconds(1))
        #expect(desk.tally.left == 8)
        _ = desk.hear(.changed, to: cancel, sent: .seconds(1), at: .seconds(1), tries: 1)
        #expect(desk.tally.left == 9)
        let next3 = desk.next(at: .zero)
        #expect(next3?.viewer.number == 3)
        let nothing = desk.next(at: .zero)
        #expect(nothing == nil)
    }

    /// A desk of these viewers, all of whom have been handed out.
    private func desk(_ viewers: Viewer...) -> (desk: SessionDesk, jobs: [SessionDesk.Job]) {
        var desk = SessionDesk(SessionPlan(viewers: viewers), stock: 9)
        var jobs: [SessionDesk.Job] = []
        while let job = desk.next(at: .zero) { jobs.append(job) }
        return (desk, jobs)
    }

    @Test("two orders under one reference, a wrong answer and none at all are mishaps")
    func mishaps() {
        var (desk, jobs) = desk(viewer(1, twice: true), viewer(2), viewer(3))
        let other = ID<CustomerOrder>(rawValue: UUID())
        let replies: [(SessionReply, job: Int, seconds: Int, isDone: Bool, mishaps: [Int])] = [
            (.placed(Self.id), 0, 0, true, []), (.placed(Self.id), 1, 0, true, []), (.placed(other), 1, 0, true, [1]),
            (.refused("500"), 2, 0, true, [1, 2]), (.away(.late), 3, 119, false, [1, 2]),
            (.away(.late), 3, 120, true, [1, 2, 3]),
        ]
        for (reply, job, seconds, isDone, mishaps) in replies {
            let now = Duration.seconds(seconds)
            let (verdict, _) = desk.hear(reply, to: jobs[job], sent: now, at: now, tries: 1)
            #expect((verdict == .done) == isDone, "\(reply)")
            #expect(desk.tally.mishaps.map(\.number) == mishaps, "\(reply)")
        }
    }

    @Test("an outage lasts from the last answer before to the first after it; a lost connection alone is none")
    func outages() {
        var (desk, jobs) = desk(viewer(1), viewer(2), viewer(3))
        let replies: [(SessionReply, job: Int, milliseconds: Int, news: [SessionDesk.News])] = [
            (.placed(Self.id), 0, 100, []), (.away(.lost), 1, 200, []), (.away(.busy), 1, 250, []),
            (.away(.unreachable), 1, 300, [.interrupted]), (.away(.unavailable), 2, 350, []),
            (.soldOut, 1, 600, [.resumed(.milliseconds(500))]),
        ]
        for (reply, job, milliseconds, news) in replies {
            let now = Duration.milliseconds(milliseconds)
            let heard = desk.hear(reply, to: jobs[job], sent: now, at: now, tries: 1)
            #expect(heard.news == news, "\(reply)")
        }
        #expect(desk.tally.longestOutage == .init(from: .milliseconds(100), until: .milliseconds(600)))
    }

    @Test(
        "an answer is what its status and code say",
        arguments: [
            (201, #"{"id":"019ab0c6-3a5e-7b21-9d02-6f1c8e4a7d35"}"#, "placed"),
            (409, #"{"code":"sold_out"}"#, "soldOut"),
            (200, #"{"id":"019ab0c6-3a5e-7b21-9d02-6f1c8e4a7d35"}"#, "changed"), (429, "", "away(busy)"),
            (503, #"{"code":"busy"}"#, "away(busy)"), (503, #"{"code":"outcome_unknown"}"#, "away(unavailable)"),
            (503, "", "away(unavailable)"), (201, "{}", "refused"), (409, #"{"code":"reference_conflict"}"#, "refused"),
            (200, "[]", "refused"), (500, "x", "refused"), (401, "", "refused"),
        ])
    func replies(status: Int, body: String, expected: String) {
        let reply = SessionReply(ServiceConnection.Answer(status: status, body: Array(body.utf8)))
        let name = "\(reply)".replacing("yuncang.SessionReply.Away.", with: "")
        #expect(name.hasPrefix(expected), "\(reply)")
    }
}
