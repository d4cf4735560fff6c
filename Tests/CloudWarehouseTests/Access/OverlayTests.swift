import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Keys of overlays", .onDatabase)
struct OverlayTests {
    private static let name = TokenName(rawValue: "一号直播间")!

    @Test("a key shows its SKUs in their order, is listed without its secret, and is dead 5 s after it is revoked")
    func life() async throws {
        try await Gatehouse.with { gate in
            let base = gate.base
            try await base.prepareMelons()
            let issued = try await base.overlays.make(
                showing: [Melons.rice, Melons.melon], ofOwner: Melons.owner, name: Self.name, by: base.principal)
            let caller = try await gate.caller(showing: issued.text, as: .overlay)
            #expect(caller.bearing == .overlay([Melons.rice, Melons.melon]) && caller.owner == Melons.owner)
            #expect(caller.principal.origin == "overlay \(issued.key.token.prefix)")
            // Its use is noted meanwhile.
            await gate.noted()
            let listed = try await base.overlays.list()
            #expect(listed.map(\.token.id) == [issued.key.token.id] && listed.map(\.skus) == [issued.key.skus])
            let revoked = try await base.overlays.revoke(issued.key.token.prefix, by: base.principal)
            #expect(revoked.token.state == .revoked && revoked.skus == issued.key.skus)
            #expect(try await base.overlays.revoke(issued.key.token.prefix, by: base.principal) == revoked)
            gate.clock.advance(by: .seconds(5))
            #expect(await gate.refuses(issued.text.revealed, as: .overlay))
            for action in ["overlay.create", "overlay.revoke"] {
                #expect(try await base.number("SELECT count(*) FROM audit WHERE action = '\(action)'") == 1)
            }
            #expect(try await base.tokens.list().isEmpty, "it is no program's token")
        }
    }

    @Test("what cannot be shown is named, and no key is made")
    func refused() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let pingan = try OwnerCode("pingan")
            _ = try await base.catalog.addOwner(code: pingan, name: Name("平安"), kind: .brand, by: base.principal)
            let durian = try SKUCode("durian")
            for (skus, owner) in [
                ([], nil), ([durian], nil), ([Melons.melon, Melons.melon], nil), ([Melons.melon], pingan),
                ([Melons.melon], try OwnerCode("nobody")), ((0..<21).map { try! SKUCode("s\($0)") }, nil),
            ] as [([SKUCode], OwnerCode?)] {
                await #expect(throws: OverlayError.self, "\(skus)") {
                    try await base.overlays.make(showing: skus, ofOwner: owner, name: Self.name, by: base.principal)
                }
            }
            #expect(try await base.number("SELECT count(*) FROM token") == 0)
            await #expect(throws: OverlayError.self) {
                try await base.overlays.revoke(TokenPrefix.random(), by: base.principal)
            }
        }
    }
}
