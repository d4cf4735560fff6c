import FoundationEssentials
import Postgres
import Testing

@testable import CloudWarehouse
@testable import yuncang

@Suite("The result of a melon session")
struct SessionReportTests {
    private let orders: SessionOrders
    private let tally: SessionTally
    private let shop: FakeShop

    init() throws {
        orders = SessionOrders(
            name: "s", source: try #require(OrderSource(rawValue: "live")),
            sku: try #require(SKUCode(rawValue: "melon<&>")))
        var shop = FakeShop(stock: 50)
        tally = SessionDesk.played(SessionPlan(viewers: 600, over: .seconds(20)), in: &shop, stock: 50, losing: 5).tally
        self.shop = shop
    }

    private func summary(_ number: Int, _ id: ID<CustomerOrder>, _ state: OrderState) throws -> OrderSummary {
        OrderSummary(
            id: id,
            key: OrderKey(
                source: orders.source, reference: try #require(OrderReference(rawValue: orders.reference(of: number)))),
            state: state, total: .zero, placedAt: Timestamp(microsecondsSince1970: 0))
    }

    private func record(
        sold: Int64 = 50, left: Int64 = 0, _ change: (inout [OrderSummary]) throws -> Void = { _ in }
    ) throws -> SessionRecord {
        var found = try shop.orders.sorted { $0.key < $1.key }.map { try summary($0.key, $0.value.id, $0.value.state) }
        try change(&found)
        let report = VerificationReport(
            extent: .init(
                at: Timestamp(microsecondsSince1970: 0), movements: 1, balances: 1, pools: 1, orders: 1, total: .zero),
            audit: .init(sealed: 0, unsealed: 0, last: nil), differences: [])
        return SessionRecord(orders: found, sold: sold, left: left, verification: report)
    }

    private func report(_ record: SessionRecord) -> SessionReport {
        SessionReport(
            tally: tally, audit: SessionAudit(tally, record, of: orders), verification: record.verification,
            circumstances: .init(
                sku: orders.sku, connections: 20, interruption: "kill -9 <server>", time: "2026-11-30 20:00:00",
                machine: MachineDescription(processors: 2, model: "A & B", memoryGigabytes: 8, kernel: "6.1"),
                command: "scripts/demo --melons 50", path: "report.html"))
    }

    @Test("what was told and what is there agree")
    func agreement() throws {
        let report = report(try record())
        #expect(report.agrees && report.audit.found == shop.orders.count)
        #expect(report.headline.en == "50 of 50 pieces sold, none twice, none left, none lost")
    }

    @Test("an order that is missing, untold, another one, in another state or there twice is a fault")
    func faults() throws {
        let (number, order) = try #require(shop.orders.first { $0.value.state == .committed })
        let stranger = ID<CustomerOrder>(rawValue: UUID())
        let place = { (found: [OrderSummary]) in try #require(found.firstIndex { $0.id == order.id }) }
        let changes: [((inout [OrderSummary]) throws -> Void, SessionAudit.Fault)] = [
            ({ $0.remove(at: try place($0)) }, .missing("s-\(number)")),
            ({ $0.append(try summary(9_999, stranger, .committed)) }, .untold("s-9999")),
            ({ $0.append(try summary(number, order.id, .committed)) }, .untold("s-\(number)")),
            (
                { $0[try place($0)] = try summary(number, stranger, .committed) },
                .other("s-\(number)", told: "\(order.id)", found: "\(stranger)")
            ),
            (
                { $0[try place($0)] = try summary(number, order.id, .held) },
                .other("s-\(number)", told: "committed", found: "held")
            ),
        ]
        for (change, fault) in changes {
            #expect(SessionAudit(tally, try record(change), of: orders).faults == [fault])
        }
        #expect(SessionAudit(tally, try record(sold: 51), of: orders).faults == [.pieces(stock: 50, sold: 51)])
        #expect(SessionAudit(tally, try record(left: 1), of: orders).faults == [.left(1)])
        #expect(!report(try record(left: 1)).agrees)
    }

    @Test("the page holds itself: no script, nothing from elsewhere, all text escaped", arguments: Language.allCases)
    func page(language: Language) throws {
        let document = try Language.$current.withValue(language) { SessionPage(report: report(try record())).document }
        for forbidden in ["<script", "http:", "https:", "url(", "@import", "melon<&>", "kill -9 <server>"] {
            #expect(!document.contains(forbidden), "\(forbidden)")
        }
        for present in [
            "kill -9 &lt;server&gt;", "melon&lt;&amp;&gt;", "A &amp; B", "scripts/demo --melons 50", "<svg ",
            "class=\"gap\"",
            "class=\"kill\"", "<polyline class=\"stock\"", "prefers-color-scheme: dark", "@media print",
            "2026-11-30 20:00:00",
        ] {
            #expect(document.contains(present), "\(present)")
        }
        // As XML but for the declaration and the elements of HTML that never end.
        #expect(document.split(separator: "<li>").count == document.split(separator: "</li>").count)
    }

    @Test("the terminal and a program are told the same")
    func texts() throws {
        var page = yuncang.Page()
        let report = report(try record())
        report.show(on: &page)
        let text = page.rendered(on: .pipe)
        #expect(text.contains("50 of 50") && text.contains("all explained") && text.contains("report.html"))
        #expect(text.contains("kill -9 <server>"))
    }
}
