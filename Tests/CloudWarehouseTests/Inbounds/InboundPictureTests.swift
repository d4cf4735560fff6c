import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Pictures of what was counted", .onDatabase)
struct InboundPictureTests {
    private static func jpeg(_ number: UInt8, size: Int = 64) -> Picture {
        Picture([0xFF, 0xD8, 0xFF, number] + [UInt8](repeating: number, count: size - 4))!
    }

    @Test("what a picture is, its bytes say, and nothing else is one")
    func kinds() {
        #expect(Picture([0xFF, 0xD8, 0xFF, 0xE0])?.kind == .jpeg)
        #expect(Picture([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])?.kind == .png)
        #expect(Picture(Array("RIFF0000WEBPVP8 ".utf8))?.kind == .webp)
        for text in ["", "<svg xmlns=''/>", "GIF89a", "RIFF0000WAVE", "RIFF0000WEB", "%PDF-1.7", "<html>"] {
            #expect(Picture(Array(text.utf8)) == nil, "\(text)")
        }
        #expect(Self.jpeg(1, size: Picture.maximumBytes).bytes.count == 2_097_152)
        #expect(Picture([0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: Picture.maximumBytes - 2)) == nil)
        let digest = Self.jpeg(7).digest
        #expect(PictureDigest(digest.description) == digest)
        for text in ["", String(digest.description.dropLast()), digest.description.uppercased() + "g"] {
            #expect(PictureDigest(text) == nil)
        }
    }

    @Test("a picture is kept once, as it was, and only those with goods of that count see it")
    func kept() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .arrived)
            let (picture, count) = (Self.jpeg(1, size: Picture.maximumBytes), Dock.key("first"))
            for isRepeated in [false, true] {
                let kept = try await base.stock.keep(picture, of: count, in: Dock.reference, by: base.principal)
                #expect(kept.isRepeated == isRepeated && kept.picture.digest == picture.digest)
            }
            #expect(try await base.number("SELECT count(*) FROM inbound_picture") == 1)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'inbound.picture'") == 1)
            let stranger = try OwnerCode("x")
            for (owner, isSeen) in [(nil, true), (Melons.owner, true), (stranger, false)] as [(OwnerCode?, Bool)] {
                let found = try await base.stock.picture(picture.digest, of: Dock.reference, ownedBy: owner)
                #expect((found == picture) == isSeen && (found == nil) == !isSeen)
                let inbound = try #require(try await base.stock.inbound(Dock.reference)).summary.id
                #expect(try await base.stock.pictures(of: inbound, ownedBy: owner).isEmpty == !isSeen)
            }
            #expect(try await base.stock.picture(picture.digest, of: Dock.key("RK-2")) == nil)
            #expect(try await base.stock.picture(Self.jpeg(2).digest, of: Dock.reference) == nil)
            #expect(
                await refusal {
                    _ = try await base.stock.keep(picture, of: Dock.key("x"), in: Dock.reference, by: base.principal)
                } == .unknownCount(Dock.key("x")))
            #expect(
                await refusal {
                    _ = try await base.stock.keep(picture, of: count, in: Dock.key("x"), by: base.principal)
                } == .unknown)
        }
    }

    @Test("a picture of goods of two owners is shown to neither")
    func shared() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let other = try OwnerCode("pingan")
            _ = try await base.catalog.addOwner(
                code: other, name: Name("平安合作社"), kind: .cooperative, by: base.principal)
            let lines = try [(Melons.melon, Melons.owner), (Melons.rice, other)].map {
                Receipt.Line(sku: $0.0, owner: $0.1, quantity: try Quantity(5))
            }
            let receipt = try Receipt(
                reference: Dock.reference, warehouse: Melons.warehouse, location: Dock.dock, lines: lines)
            _ = try await base.stock.receive(receipt, by: base.principal)
            let (picture, count) = (Self.jpeg(1), Dock.reference)
            _ = try await base.stock.keep(picture, of: count, in: Dock.reference, by: base.principal)
            let inbound = try #require(try await base.stock.inbound(Dock.reference)).summary.id
            for (owner, isSeen) in [(nil, true), (Melons.owner, false), (other, false)] as [(OwnerCode?, Bool)] {
                let found = try await base.stock.picture(picture.digest, of: Dock.reference, ownedBy: owner)
                #expect((found != nil) == isSeen)
                #expect(try await base.stock.pictures(of: inbound, ownedBy: owner).isEmpty == !isSeen)
            }
        }
    }

    @Test("a count has twenty pictures at most, also when many are sent at once")
    func bounded() async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareDock()
            try await base.bring(into: .arrived)
            let refusals = await withTaskGroup(of: InboundRefusal?.self) { group in
                for number in 1...24 as ClosedRange<UInt8> {
                    group.addTask {
                        await refusal {
                            _ = try await base.stock.keep(
                                Self.jpeg(number), of: Dock.key("first"), in: Dock.reference, by: base.principal)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.compactMap(\.self) == [InboundRefusal](repeating: .tooManyPictures(atMost: 20), count: 4))
            #expect(try await base.number("SELECT count(*) FROM inbound_picture") == 20)
        }
    }
}
