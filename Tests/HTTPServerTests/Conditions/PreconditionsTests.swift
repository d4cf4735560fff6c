import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Conditional requests")
struct PreconditionsTests {
    private typealias Verdict = Preconditions.Verdict

    private static let tag = EntityTag(opaque: "b")

    private func verdict(
        _ method: HTTPRequest.Method, _ current: EntityTag?, match: [String] = [], noneMatch: [String] = []
    ) throws -> Preconditions.Verdict {
        let fields =
            match.map { (name: HTTPField.Name.ifMatch, value: $0) }
            + noneMatch.map { (name: HTTPField.Name.ifNoneMatch, value: $0) }
        return try Preconditions(Request(method: method, target: "/", fields: fields)).verdict(on: current)
    }

    @Test(
        "If-None-Match: one who has the state gets 304, or may not change it",
        arguments: [
            (["\"b\""], true), (["W/\"b\""], true), (["\"a\", \"b\""], true), (["\"a\",\"b\",\"c\""], true),
            (["\"a\"", "\"b\""], true), ([", ,\"a\" ,\t\"b\" ,"], true), (["*"], true), (["\"b-gzip\""], true),
            (["\"a\""], false), (["\"B\""], false), (["\"\""], false), (["\"a\", W/\"c\""], false),
        ])
    func noneMatch(values: [String], names: Bool) throws {
        #expect(try verdict(.get, Self.tag, noneMatch: values) == (names ? .notModified : .proceed))
        #expect(try verdict(.head, Self.tag, noneMatch: values) == (names ? .notModified : .proceed))
        for method in [HTTPRequest.Method.put, .post, .delete, .patch] {
            #expect(try verdict(method, Self.tag, noneMatch: values) == (names ? .failed : .proceed))
        }
        #expect(try verdict(.put, nil, noneMatch: values) == .proceed)
        #expect(try verdict(.get, nil, noneMatch: values) == .proceed)
    }

    @Test(
        "If-Match: whoever means another state gets nothing done; weak tags mean none",
        arguments: [
            (["\"b\""], true), (["\"a\", \"b\""], true), (["*"], true), (["\"b-gzip\""], true),
            (["\"a\"", "\"b\""], true),
            (["W/\"b\""], false), (["\"a\""], false), (["\"a\", \"c\""], false),
        ])
    func match(values: [String], names: Bool) throws {
        for method in [HTTPRequest.Method.get, .head, .put, .delete] {
            #expect(try verdict(method, Self.tag, match: values) == (names ? .proceed : .failed))
            #expect(try verdict(method, nil, match: values) == .failed)
        }
        #expect(try verdict(.put, EntityTag(opaque: "b", isWeak: true), match: ["\"b\""]) == .failed)
    }

    @Test(
        "what is no list of tags changes nothing and hides nothing",
        arguments: ["b", "\"b", "b\"", "\"b\" \"c\"", "W\"b\"", "w/\"b\"", "*, \"b\"", "\"b\", *", "", "\"a b\"", ","])
    func malformed(value: String) throws {
        #expect(try verdict(.get, Self.tag, noneMatch: [value]) == .proceed)
        #expect(try verdict(.put, nil, noneMatch: [value]) == .failed)
        #expect(try verdict(.get, Self.tag, match: [value]) == .failed)
        #expect(try verdict(.put, Self.tag, match: [value]) == .failed)
    }

    @Test("If-Match is heard before If-None-Match")
    func both() throws {
        #expect(try verdict(.get, Self.tag, match: ["\"a\""], noneMatch: ["\"b\""]) == .failed)
        #expect(try verdict(.get, Self.tag, match: ["\"b\""], noneMatch: ["\"b\""]) == .notModified)
        #expect(try verdict(.put, Self.tag, match: ["\"b\""], noneMatch: ["\"a\""]) == .proceed)
    }

    @Test("a request without conditions has none, whatever it says of dates")
    func none() throws {
        let request = try Request(
            target: "/", fields: [(.ifModifiedSince, "Sun, 06 Nov 1994 08:49:37 GMT"), (.ifUnmodifiedSince, "x")])
        #expect(Preconditions(request).isEmpty)
        #expect(Preconditions(request).verdict(on: Self.tag) == .proceed)
    }

    @Test("a tag is a hash of the bytes, another one in another coding")
    func tags() {
        let (one, two) = (EntityTag(hashing: [1, 2]), EntityTag(hashing: [2, 1]))
        #expect(one == EntityTag(hashing: [1, 2]) && one != two && one.inGzip != one)
        #expect(one.inGzip.state == one)
        #expect(one.description.hasPrefix("\"") && one.inGzip.description.hasSuffix("-gzip\""))
    }
}
