import CloudWarehouse
import HTTPTypes
import JSON
import Postgres
import Testing
import WarehouseTesting

@Suite("Recipients over the API", .onDatabase, .serialized)
struct OrderRecipientTests {
    private static let wang = """
        {"name":"王小明","phone":"+86-13812345678","region":"浙江省杭州市西湖区","address":"文三路 90 号 3 幢 502"}
        """

    private static func order(_ recipient: String, reference: String = "1") -> Question {
        .order(
            #"{"source":"shop","reference":"\#(reference)","lines":[{"sku":"melon","quantity":1}],"recipient":\#(recipient)}"#
        )
    }

    private func id(of answer: Answer) throws -> String {
        guard case .string(let id)? = try answer.json()["id"] else {
            Issue.record("no id: \(answer.text)")
            return ""
        }
        return id
    }

    @Test("a recipient is masked everywhere but where it is asked for, and that is recorded", arguments: Door.allCases)
    func reveal(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let id = try id(of: try await shop.ask(Self.order(Self.wang)))
            let shown = try await shop.ask(.get("/v1/orders/\(id)"))
            #expect(
                shown.text.hasSuffix(
                    #""recipient":{"mask":"王** 861****5678 浙江省杭州市西湖区","region":"浙江省杭州市西湖区"}}"#))
            let cancelled = try await shop.ask(.post("", to: "/v1/orders/\(id)/cancel", as: nil))
            let listed = try await shop.ask(.get("/v1/orders"))
            for answer in [shown, cancelled, listed] {
                for word in ["王小明", "13812345678", "文三路"] { #expect(!answer.text.contains(word)) }
            }
            #expect(try await shop.base.number("SELECT count(*) FROM audit WHERE action = 'recipient.reveal'") == 0)
            let clear = try await shop.ask(.get("/v1/orders/\(id)/recipient"))
            #expect(clear.status == 200 && clear.text == Self.wang)
            #expect(clear[.cacheControl] == "no-store")
            #expect(
                try await shop.base.number(
                    "SELECT count(*) FROM audit WHERE action = 'recipient.reveal' AND subject = '\(id)'") == 1)
        }
    }

    @Test(
        "a repetition with another recipient is the same order, and the first recipient stays", arguments: Door.allCases
    )
    func repeated(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let first = try await shop.ask(Self.order(Self.wang))
            let second = try await shop.ask(Self.order(Self.wang.replacing("王小明", with: "李雷")))
            #expect(second.status == 201 && second.body == first.body)
            let clear = try await shop.ask(.get("/v1/orders/\(try id(of: first))/recipient"))
            #expect(clear.text == Self.wang)
        }
    }

    @Test("a fault in a recipient is named by its field and quotes nothing of it", arguments: Door.allCases)
    func faults(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            for (recipient, pointer) in [
                (Self.wang.replacing("王小明", with: ""), "name"),
                (Self.wang.replacing("+86-13812345678", with: "138x2345678"), "phone"),
                (Self.wang.replacing("\"+86-13812345678\"", with: "13812345678"), "phone"),
                (Self.wang.replacing("\"+86-13812345678\"", with: "13812345678.5"), "phone"),
                (Self.wang.replacing("文三路 90 号 3 幢 502", with: #"文三路\u0007"#), "address"),
                (Self.wang.replacing("浙江省杭州市西湖区", with: ""), "region"),
                (Self.wang.replacing("\"name\"", with: "\"nick\""), "nick"),
            ] {
                let answer = try await shop.ask(Self.order(recipient))
                #expect(try answer.problem(status: 422) == "invalid_body", "\(recipient)")
                #expect(try answer.faults().contains { $0.hasPrefix("/recipient/\(pointer) ") }, "\(answer.text)")
                for word in ["王小明", "13812345678", "2345678", "文三路", "浙江"] {
                    #expect(!answer.text.contains(word), "\(answer.text)")
                }
            }
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 0)
        }
    }

    @Test("without keys a recipient is refused by name, and an order without one is taken", arguments: Door.allCases)
    func withoutKeys(door: Door) async throws {
        try await Shop.with(door, recipientKeys: nil) { shop in
            try await shop.base.stockMelons(10)
            let refused = try await shop.ask(Self.order(Self.wang))
            #expect(try refused.problem(status: 422) == "recipients_not_configured")
            #expect(try refused.faults() == ["/recipient recipients_not_configured"])
            #expect(try await shop.ask(Self.order("null")).status == 201)
        }
    }

    @Test("a recipient that is not there, erased or under a lost key is told apart", arguments: Door.allCases)
    func unreadable(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let without = try id(of: try await shop.ask(Self.order("null")))
            let with = try id(of: try await shop.ask(Self.order(Self.wang, reference: "2")))
            let none = try await shop.ask(.get("/v1/orders/\(without)/recipient"))
            #expect(try none.problem(status: 404) == "not_found")
            try await shop.base.owner.execute(sql: "UPDATE recipient SET key_id = 'lost'")
            let lost = try await shop.ask(.get("/v1/orders/\(with)/recipient"))
            #expect(try lost.problem(status: 409) == "recipient_unreadable")
            _ = try await shop.ask(.post("", to: "/v1/orders/\(with)/cancel", as: nil))
            _ = try await shop.base.orders.eraseRecipients(
                placedBefore: Timestamp(microsecondsSince1970: 4_000_000_000_000_000), by: shop.base.principal)
            let erased = try await shop.ask(.get("/v1/orders/\(with)/recipient"))
            #expect(try erased.problem(status: 410) == "recipient_erased")
            #expect(try await shop.ask(.get("/v1/orders/\(with)")).text.contains(#""recipient":{"region":"#))
        }
    }
}
