import CloudWarehouse
import JSON
import Testing

@testable import yuncang

@Suite("Viewers of a melon session")
struct SessionPlanTests {
    private let plan = SessionPlan(viewers: 10_000, over: .seconds(30))

    @Test("the same numbers give the same session, each viewer once and in the order of coming")
    func repeatable() {
        #expect(plan == SessionPlan(viewers: 10_000, over: .seconds(30)))
        #expect(plan.viewers.map(\.number) == Array(1...10_000))
        #expect(plan.viewers.map(\.arrival) == plan.viewers.map(\.arrival).sorted())
        #expect(plan.viewers.first?.arrival == .zero)
        #expect(plan.viewers.allSatisfy { $0.arrival <= .seconds(30) })
    }

    @Test("few come first: half of the time brings an eighth of them")
    func crowd() {
        let early = plan.viewers.count { $0.arrival < .seconds(15) }
        #expect((1_240...1_260).contains(early))
        #expect(SessionPlan(viewers: 100, over: .zero).viewers.allSatisfy { $0.arrival == .zero })
    }

    @Test("there is enough of everything that people do")
    func courses() {
        let (viewers, count) = (plan.viewers, plan.viewers.count)
        #expect(Set(viewers.map(\.pieces)) == [1, 2, 3])
        #expect((count / 50...count / 25).contains(viewers.count { $0.sendsTwice }))
        let pays = viewers.count { $0.course == .pays }
        let cancels = viewers.count { if case .cancels = $0.course { true } else { false } }
        #expect((6_200...6_800).contains(pays))
        #expect((1_300...1_700).contains(cancels))
        #expect(count - pays - cancels > 1_700)
    }

    @Test("references are the session's own, and nobody's are read as another's")
    func references() throws {
        let orders = SessionOrders(
            name: "s-1", source: try #require(OrderSource(rawValue: "live")),
            sku: try #require(SKUCode(rawValue: "melon")))
        for text in ["s-1-7", "s-1-12345"] {
            let reference = try #require(OrderReference(rawValue: text))
            let number = try #require(orders.number(of: reference))
            #expect(orders.reference(of: number) == text)
        }
        for text in ["s-1-", "s-1-07", "s-1-+7", "s-1-7x", "s-10-7", "7", "other"] {
            let reference = try #require(OrderReference(rawValue: text))
            #expect(orders.number(of: reference) == nil, "\(text)")
        }
        let viewer = Viewer(number: 7, arrival: .zero, pieces: 2, course: .cancels(after: .zero), sendsTwice: true)
        #expect(
            String(decoding: orders.body(of: viewer), as: UTF8.self) == """
                {"source":"live","reference":"s-1-7","lines":[{"sku":"melon","quantity":2}],"hold_seconds":3600,\
                "terms":{"buyer":"viewer 7"}}
                """)
    }
}
