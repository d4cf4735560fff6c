import CZlib
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Answers in gzip")
struct ContentCodingTests {
    private static let content = Array(String(repeating: #"{"sku":"melon","available":17},"#, count: 400).utf8)
    private static let tag = EntityTag(hashing: content)

    private func coded(
        _ accept: String?, type: String = "application/json", content: [UInt8] = content,
        more: [(HTTPField.Name, String)] = [], status: HTTPResponse.Status = .ok, noneMatch: String? = nil,
        method: HTTPRequest.Method = .get
    ) throws -> Response {
        var fields: ResponseFields = [.contentType: type, .eTag: Self.tag.description]
        for (name, value) in more { fields.append(name, value) }
        var asked = accept.map { [(name: HTTPField.Name.acceptEncoding, value: $0)] } ?? []
        if let noneMatch { asked.append((.ifNoneMatch, noneMatch)) }
        return ContentCoding.coded(
            Response(status: status, fields: fields, body: content),
            for: try Request(method: method, target: "/", fields: asked), limits: HTTPServer.Limits(),
            places: GzipPlaces(1))
    }

    @Test("a large answer is compressed for a client that takes it; its tag is another, and caches are told")
    func compressed() throws {
        let response = try coded("gzip")
        let bytes = try #require(response.body.bytes)
        #expect(bytes.count < Self.content.count / 4)
        #expect(try gunzip(bytes) == Self.content)
        #expect(response.fields.value(of: .contentEncoding) == "gzip")
        #expect(response.fields.value(of: .vary) == "Accept-Encoding")
        #expect(response.fields.value(of: .eTag) == Self.tag.inGzip.description)
        #expect(response.fields.value(of: .contentType) == "application/json")
    }

    @Test(
        "who takes gzip is told by Accept-Encoding and its weights",
        arguments: [
            ("gzip", true), ("deflate, gzip;q=1.0, *;q=0.5", true), ("GZIP", true), ("x-gzip", true), ("*", true),
            ("gzip;q=0.001", true), ("br, zstd, gzip", true), ("gzip, identity", true),
            ("gzip;q=0.5, identity;q=0.4", true),
            ("gzip;q=0", false), ("identity", false), ("br", false), ("*;q=0", false), ("", false),
            ("gzip;q=0.4, identity;q=0.5", false), ("gzip;q=0, *", false),
        ])
    func acceptEncoding(value: String, takes: Bool) throws {
        let response = try coded(value)
        #expect((response.fields.value(of: .contentEncoding) == "gzip") == takes)
        #expect((response.body.bytes == Self.content) == !takes)
        #expect(response.fields.value(of: .vary) == "Accept-Encoding")
        #expect((response.fields.value(of: .eTag) == Self.tag.description) == !takes)
    }

    @Test("without Accept-Encoding nothing is compressed, and caches are told that it could be")
    func silent() throws {
        let response = try coded(nil)
        #expect(response.body.bytes == Self.content)
        #expect(response.fields.value(of: .vary) == "Accept-Encoding")
    }

    @Test("what an answer depends on already is kept")
    func vary() throws {
        #expect(try coded("gzip", more: [(.vary, "Accept")]).fields.value(of: .vary) == "Accept, Accept-Encoding")
    }

    @Test("what is small, secret, coded already or not compressible stays as it is")
    func left() throws {
        let small = try coded("gzip", content: Array(Self.content.prefix(1_399)))
        #expect(small.body.bytes?.count == 1_399 && small.fields.value(of: .vary) == nil)
        for more in [
            (HTTPField.Name.cacheControl, "private, no-store"), (.cacheControl, "No-Transform"),
            (.contentEncoding, "br"),
        ] {
            #expect(try coded("gzip", more: [more]).body.bytes == Self.content)
        }
        for type in ["image/png", "application/octet-stream", "text/event-stream", ""] {
            #expect(try coded("gzip", type: type).body.bytes == Self.content)
        }
        for type in ["text/csv; charset=utf-8", "TEXT/HTML", "application/problem+json", "image/svg+xml"] {
            #expect(try coded("gzip", type: type).body.bytes != Self.content)
        }
        for status in [HTTPResponse.Status.noContent] {
            #expect(try coded("gzip", status: status).fields.value(of: .contentEncoding) == nil)
        }
    }

    @Test("a client that has the state in gzip is told by the tag it knows that nothing has changed")
    func unchanged() throws {
        let (plain, coded) = (Self.tag.description, Self.tag.inGzip.description)
        for (accept, known, expected) in [("gzip", coded, coded), ("gzip", plain, plain), (nil, coded, plain)] {
            let response = try self.coded(accept, content: [], status: .notModified, noneMatch: known)
            #expect(response.fields.value(of: .eTag) == expected)
        }
    }

    @Test("streams are compressed on their way, events never")
    func streams() throws {
        let response = try Self.sheet(among: GzipPlaces(1))
        #expect(response.stream?.coder != nil && response.fields.value(of: .contentEncoding) == "gzip")
        let request = try Request(target: "/", fields: [(.acceptEncoding, "gzip")])
        let events = ContentCoding.coded(
            .events { _ in }, for: request, limits: HTTPServer.Limits(), places: GzipPlaces(1))
        #expect(events.stream?.coder == nil && events.fields.value(of: .contentEncoding) == nil)
    }

    private static func sheet(among places: GzipPlaces, _ method: HTTPRequest.Method = .get) throws -> Response {
        let request = try Request(method: method, target: "/", fields: [(.acceptEncoding, "gzip")])
        return ContentCoding.coded(
            Response(status: .ok, fields: [.contentType: "text/csv"], stream: ResponseStream { _ in }), for: request,
            limits: HTTPServer.Limits(), places: places)
    }

    @Test("so many streams are compressed at once; one more goes out as it is, until one of them is over")
    func places() throws {
        let places = GzipPlaces(2)
        var streams = try [Self.sheet(among: places), Self.sheet(among: places)]
        #expect(streams.allSatisfy { $0.stream?.coder != nil })
        let plain = try Self.sheet(among: places)
        #expect(plain.stream?.coder == nil && plain.fields.value(of: .contentEncoding) == nil)
        #expect(plain.fields.value(of: .vary) == "Accept-Encoding")
        streams.removeLast()
        #expect(try Self.sheet(among: places).stream?.coder != nil)
    }

    @Test("for HEAD nothing is compressed, and the fields are those of GET")
    func head() throws {
        let (got, headed) = (try coded("gzip"), try coded("gzip", method: .head))
        #expect(headed.fields == got.fields && headed.body.bytes == nil && headed.stream?.coder == nil)
        let places = GzipPlaces(1)
        let sheets = try [HTTPRequest.Method.head, .head, .get].map { try Self.sheet(among: places, $0) }
        #expect(sheets[0].stream?.coder == nil && sheets[2].stream?.coder != nil)
        #expect(sheets[0].fields == sheets[2].fields)
        #expect(try coded(nil, method: .head).body.bytes == Self.content, "and its length is told where it is known")
    }

    @Test("what is the same for all is compressed once, and kept in both forms, for HEAD too")
    func constant() throws {
        let content = ConstantContent(Self.content)
        let response = Response(
            status: .ok, fields: [.contentType: "text/css", .eTag: Self.tag.description], constant: content)
        func coded(_ method: HTTPRequest.Method, _ fields: [(name: HTTPField.Name, value: String)]) throws -> Response {
            ContentCoding.coded(
                response, for: try Request(method: method, target: "/", fields: fields), limits: HTTPServer.Limits(),
                places: GzipPlaces(1))
        }
        let all = try [HTTPRequest.Method.get, .get, .head].map { try coded($0, [(.acceptEncoding, "gzip")]) }
        for one in all {
            let bytes = try #require(one.body.bytes)
            #expect(try gunzip(bytes) == Self.content && one.fields == all[0].fields)
            #expect(one.fields.value(of: .eTag) == Self.tag.inGzip.description)
            let place = { (bytes: [UInt8]) in bytes.withUnsafeBufferPointer(\.baseAddress) }
            #expect(place(bytes) == place(all[0].body.bytes ?? []), "the very same bytes")
        }
        let plain = try coded(.get, [])
        #expect(plain.body.bytes == Self.content && plain.fields.value(of: .eTag) == Self.tag.description)
    }

    @Test("content in any pieces comes out whole", arguments: [0, 1, 7, 1_000, 100_000, 3_000_000])
    func pieces(size: Int) throws {
        var generator = SystemRandomNumberGenerator()
        let content = (0..<size).map { _ in UInt8.random(in: 0...31, using: &generator) }
        #expect(try gunzip(#require(GzipEncoder.compress(content))) == content)
        let encoder = try #require(GzipEncoder())
        var output: [UInt8] = []
        for start in stride(from: 0, to: size, by: 8_191) {
            output += encoder.encode(Array(content[start..<min(start + 8_191, size)]), isLast: false)
        }
        output += encoder.encode([], isLast: true)
        #expect(try gunzip(output) == content)
    }

    @Test("fields are found whatever their letters, and replaced in whole lines")
    func fields() {
        var fields: ResponseFields = [.vary: "Accept", .eTag: "\"a\"", .contentType: "text/csv"]
        #expect(fields.value(of: .eTag) == "\"a\"" && fields.value(of: .server) == nil)
        #expect(fields.entityTag == EntityTag(opaque: "a"))
        fields.replace(.eTag, with: "\"b\"")
        #expect(
            String(decoding: fields.bytes, as: UTF8.self) == "Vary: Accept\r\nContent-Type: text/csv\r\nETag: \"b\"\r\n"
        )
    }
}

/// Undoes gzip with zlib's own inflate.
func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    var bytes = bytes
    var stream = z_stream()
    try #require(inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    let code = bytes.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        var code = Z_OK
        while code == Z_OK {
            output += [UInt8](unsafeUninitializedCapacity: 65_536) { room, count in
                stream.next_out = room.baseAddress
                stream.avail_out = uInt(room.count)
                code = inflate(&stream, Z_NO_FLUSH)
                count = room.count - Int(stream.avail_out)
            }
        }
        return code
    }
    try #require(code == Z_STREAM_END && stream.avail_in == 0)
    return output
}
