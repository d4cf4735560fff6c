import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("What a client would rather have")
struct NegotiationTests {
    private func preferred(_ accept: String..., of offered: [MediaType] = [.json, .csv]) throws -> String? {
        let fields = accept.map { (name: HTTPField.Name.accept, value: $0) }
        return try Request(target: "/", fields: fields).preferred(of: offered)?.name
    }

    @Test(
        "the type of the highest weight, the resource's own order where they are alike",
        arguments: [
            ("*/*", "application/json"), ("text/csv", "text/csv"), ("TEXT/CSV", "text/csv"),
            ("application/*", "application/json"), ("text/*", "text/csv"), ("text/csv, */*", "application/json"),
            ("text/csv, */*;q=0.5", "text/csv"), ("application/json;q=0.2, text/csv;q=0.3", "text/csv"),
            ("application/json; q=0 , */*", "text/csv"), ("text/csv;q=0.001", "text/csv"),
            ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/json"),
            ("application/json; charset=utf-8", "application/json"), ("text/csv;charset=UTF-8", "text/csv"),
            ("text/csv; charset=utf-8; header=present", "text/csv"),
            ("text/csv;q=1.000, application/json;q=0.999", "text/csv"),
            ("text/csv;q=x, application/json", "application/json"),
            ("", "application/json"),
        ])
    func best(accept: String, expected: String) throws {
        #expect(try preferred(accept) == expected)
    }

    @Test(
        "nothing, where nothing fits",
        arguments: [
            "text/html", "image/*", "*/*;q=0", "application/json;q=0, text/csv;q=0.000",
            "application/json;q=0, */*;q=0",
            "text/csv;header=absent", "application/problem+json", "text",
        ])
    func none(accept: String) throws {
        #expect(try preferred(accept) == nil)
    }

    @Test("without a word anything will do, and several fields are one list")
    func fields() throws {
        #expect(try preferred() == "application/json")
        #expect(try preferred("text/html", "text/csv") == "text/csv")
        #expect(try preferred("text/csv", of: [.json]) == nil)
    }

    @Test(
        "weights are read to the letter",
        arguments: [
            ("a;q=0", 0), ("a;q=0.", 0), ("a;q=0.5", 500), ("a;q=0.05", 50), ("a;q=0.123", 123), ("a;q=1", 1_000),
            ("a;q=1.000", 1_000), ("a; Q=0.5", 500), ("a;q=0.5;ext=1", 500), ("a", 1_000),
        ])
    func weights(text: String, expected: Int) {
        #expect(WeightedList([text]).members == [.init(value: "a", weight: expected)])
    }

    @Test(
        "what is no weight makes its member nothing",
        arguments: [
            "a;q=1.001", "a;q=2", "a;q=0.1234", "a;q=-1", "a;q=", "a;q=.5", "a;q=0,5x;q=9", "a;q=0x5", ";q=1", "",
        ])
    func malformed(text: String) {
        #expect(!WeightedList([text]).members.contains { $0.value == "a" && $0.weight != 0 })
    }
}
