import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Request")
struct RequestTests {
    @Test("fields are found whatever the case of their names")
    func fields() throws {
        let name = try #require(HTTPField.Name("X-Trace"))
        let request = try Request(target: "/", fields: [(name, "1"), (.accept, "text/html"), (name, "2")])
        let other = try #require(HTTPField.Name("x-tRACE"))
        #expect(request.fields[other] == "1")
        #expect(request.fields.values(of: other) == ["1", "2"])
        #expect(request.fields[.accept] == "text/html")
        #expect(request.fields[.authorization] == nil)
        #expect(request.fields.bytes(ofOnly: .accept).map(Array.init) == Array("text/html".utf8))
        #expect(request.fields.bytes(ofOnly: other) == nil, "there are two of them")
        #expect(request.fields.bytes(ofOnly: .authorization) == nil)
        #expect(request.fields.count == 4)
    }

    @Test("of many fields each is found, the last as well as the first", arguments: [1, 11, 12, 13, 14, 40, 99])
    func manyFields(count: Int) throws {
        let fields = try (1..<count).map { (try #require(HTTPField.Name("X-\($0)")), "value \($0)") }
        let request = try Request(target: "/", fields: fields)
        #expect(request.fields.count == count)
        for (name, value) in fields {
            #expect(request.fields[name] == value && request.fields.has(name))
            #expect(request.fields.values(of: name) == [value])
        }
        #expect(!request.fields.has(.authorization))
    }

    @Test(
        "path and query are told apart",
        arguments: [
            ("/", "/", nil), ("/a/b?c=d?e", "/a/b", "c=d?e"), ("/a?", "/a", ""), ("http://b/c?d", "/c", "d"),
            ("http://b", "/", nil), ("http://b?q", "/", "q"),
        ] as [(String, String, String?)]
    )
    func targets(target: String, path: String, query: String?) throws {
        let request = try Request(target: target)
        #expect(request.target == target)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test("the target's authority is preferred to Host")
    func authority() throws {
        #expect(try Request(target: "/").authority == "localhost")
        #expect(try Request(target: "http://b:1/").authority == "b:1")
        #expect(try Request(method: .options, target: "http://b").path == "*")
    }

    @Test("segments and query items are decoded once")
    func decoding() throws {
        let request = try Request(target: "/%E8%8A%A6%E7%AC%8B/a%2Fb/%2541/?q=%E7%94%B0+1%2B&flag&x==")
        #expect(try request.pathSegments() == ["芦笋", "a/b", "%41", ""])
        let items = try request.queryItems().map { "\($0.name)→\($0.value)" }
        #expect(items == ["q→田 1+", "flag→", "x→="])
    }

    @Test(
        "escapes that hide control characters or are not UTF-8 are refused",
        arguments: ["%00", "%0d%0a", "%7f", "%ff"]
    )
    func hidden(escape: String) throws {
        let request = try Request(target: "/\(escape)?\(escape)")
        #expect(throws: Refusal.malformedTarget) { try request.pathSegments() }
        #expect(throws: Refusal.malformedTarget) { try request.queryItems() }
    }

    @Test("a request made for a test is held to the same rules")
    func strict() {
        #expect(throws: Refusal.malformedTarget) { try Request(target: "/ä") }
        #expect(throws: Refusal.bodyTooLarge) {
            try Request(target: "/", body: [1, 2, 3], limits: .with { $0.bodyBytes = 2 })
        }
    }
}
