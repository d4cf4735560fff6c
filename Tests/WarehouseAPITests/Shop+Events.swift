import CloudWarehouse
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

/// A page of the feed of events.
struct EventPage {
    let events: [JSONValue]
    let next: String

    var ids: [String] { events.compactMap { JSONValue.text($0["id"]) } }
    var orders: [String] {
        events.flatMap { event -> [String] in
            guard case .array(let orders)? = event["orders"] else { return [] }
            return orders.compactMap { JSONValue.text($0) }
        }
    }
}

extension JSONValue {
    /// The text of a string; nil for anything else.
    static func text(_ value: JSONValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }
}

extension Shop {
    /// What the feed of events says.
    func events(_ query: String = "", as showing: Showing = .operator) async throws -> EventPage {
        let answer = try await ask(.get("/v1/events\(query)").showing(showing))
        try #require(answer.status == 200, "\(answer.text)")
        let json = try answer.json()
        guard case .array(let events)? = json["events"], let next = JSONValue.text(json["next"]) else {
            Issue.record("\(answer.text)")
            return EventPage(events: [], next: "")
        }
        return EventPage(events: events, next: next)
    }

    /// Places an order of two of a SKU, and gives its id.
    @discardableResult
    func place(_ source: String, _ reference: String, sku: String = "melon") async throws -> String {
        let body = #"{"source":"\#(source)","reference":"\#(reference)","lines":[{"sku":"\#(sku)","quantity":2}]}"#
        let answer = try await ask(.order(body))
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(JSONValue.text(try answer.json()["id"]))
    }
}
