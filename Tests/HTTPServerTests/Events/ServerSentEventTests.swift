import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Server-sent events on the wire")
struct ServerSentEventTests {
    private func text(_ event: ServerSentEvent, withID: Bool = true) -> String {
        String(decoding: event.bytes(withID: withID), as: UTF8.self)
    }

    @Test("id, name and data are fields, and an empty line ends them")
    func whole() {
        let event = ServerSentEvent(id: "7", name: "stock", data: "{\"a\":1}")
        #expect(text(event) == "id: 7\nevent: stock\ndata: {\"a\":1}\n\n")
        #expect(text(event, withID: false) == "event: stock\ndata: {\"a\":1}\n\n")
        #expect(text(ServerSentEvent(data: "")) == "data: \n\n")
    }

    @Test(
        "each line of the data is a field of its own, however it ends",
        arguments: ["a\nb", "a\rb", "a\r\nb"]
    )
    func lines(data: String) {
        #expect(text(ServerSentEvent(data: data)) == "data: a\ndata: b\n\n")
    }

    @Test("an empty line in the data does not end the event")
    func emptyLines() {
        #expect(text(ServerSentEvent(data: "a\n\nid: 9\r\r\n")) == "data: a\ndata: \ndata: id: 9\ndata: \ndata: \n\n")
    }

    @Test("no id or name ends its line", arguments: ["1\ndata: x", "1\rdata: x", "1\r\ndata: x", "1\n\n", "1\u{0}"])
    func injection(value: String) {
        let text = text(ServerSentEvent(id: value, name: value, data: "y"))
        #expect(text.utf8.count { $0 == 10 } == 4)
        #expect(!text.utf8.contains(13) && !text.utf8.contains(0))
        #expect(text.hasSuffix("\ndata: y\n\n"))
    }

    @Test("where a client left off is its only Last-Event-ID, if that is text")
    func lastEventID() throws {
        let name = try #require(HTTPField.Name("Last-Event-ID"))
        func id(_ values: String...) throws -> String? {
            try Request(target: "/", fields: values.map { (name: name, value: $0) }).lastEventID
        }
        #expect(try id("17") == "17")
        #expect(try id("第七") == "第七")
        #expect(try id() == nil)
        #expect(try id("") == nil)
        #expect(try id("1", "2") == nil)
    }

    @Test("the head of a stream of events keeps caches and proxies away")
    func head() {
        let response = Response.events(fields: [.vary: "Accept"]) { _ in }
        let fields = String(decoding: response.fields.bytes, as: UTF8.self)
        for line in [
            "Vary: Accept", "Content-Type: text/event-stream", "Cache-Control: no-store", "X-Accel-Buffering: no",
        ] {
            #expect(fields.contains(line + "\r\n"))
        }
        #expect(response.body.bytes == nil)
    }
}
