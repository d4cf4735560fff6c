import CloudWarehouse
import FoundationEssentials
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Pictures over the API", .onDatabase, .serialized)
struct InboundPicturesTests {
    private static let path = "/v1/inbounds/RK-1/pictures"

    private static func upload(_ bytes: [UInt8], count: String = "RK-1") -> Question {
        .post(#"{"count":"\#(count)","content":"\#(Data(bytes).base64EncodedString())"}"#, to: path)
    }

    @Test(
        "a picture of two megabytes goes in and comes out as it was, as nothing but a picture", arguments: [Door.socket]
    )
    func walk(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(3)
            let bytes = [0xFF, 0xD8, 0xFF] + (3..<Picture.maximumBytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let kept = try await shop.ask(Self.upload(bytes))
            #expect(kept.status == 201, "\(kept.text)")
            let digest = try #require(Picture(bytes)).digest
            let about = #""digest":"\#(digest)","media_type":"image/jpeg","bytes":2097152,"count":"RK-1""#
            #expect(kept.text == "{\(about)}")
            #expect(try await shop.ask(Self.upload(bytes)).text == kept.text)
            #expect(try await shop.ask(.get("/v1/inbounds/RK-1")).text.contains(#""pictures":[{\#(about)}]"#))
            let shown = try await shop.ask(.get("\(Self.path)/\(digest)"))
            #expect(shown.status == 200 && shown.body == bytes)
            #expect(shown[.contentType] == "image/jpeg" && shown[.xContentTypeOptions] == "nosniff")
            #expect(shown[.contentSecurityPolicy] == "default-src 'none'; sandbox")
            #expect(shown[.cacheControl] == "private, no-cache")
        }
    }

    @Test("what is no picture, too large or of nothing is refused with its place", arguments: [Door.socket])
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(3)
            let large = [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: Picture.maximumBytes - 2)
            for bytes in [Array("<svg/>".utf8), Array("GIF89a".utf8), large] {
                let answer = try await shop.ask(Self.upload(bytes))
                #expect(answer.status == 422)
                #expect(try answer.faults().allSatisfy { $0.hasPrefix("/content ") })
            }
            for content in ["%%%%", "AAA", "\\u0000AAA"] {
                let question = Question.post(#"{"count":"RK-1","content":"\#(content)"}"#, to: Self.path)
                #expect(try await [400, 422].contains(shop.ask(question).status), "\(content)")
            }
            let point = try #require(Data(base64Encoded: RouteGuide.samplePicture))
            #expect(try await shop.ask(Self.upload(Array(point), count: "x")).problem(status: 404) == "not_found")
            for target in ["\(Self.path)/x", "\(Self.path)/\(RouteGuide.sampleDigest)"] {
                #expect(try await shop.ask(.get(target)).problem(status: 404) == "not_found")
            }
            let flood = [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 3 << 20)
            #expect(try await shop.ask(Self.upload(flood)).status == 413)
            let elsewhere = Question.post(String(repeating: " ", count: 1 << 20) + "{}", to: "/v1/inbounds")
            #expect(try await shop.ask(elsewhere).status == 413, "other routes take no more than before")
        }
    }
}
