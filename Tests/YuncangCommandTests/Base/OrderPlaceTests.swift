import PostgresTesting
import Testing

@testable import yuncang

@Suite("order place, and what becomes of a hold", .onDatabase)
struct OrderPlaceTests {
    @Test("a person's order is in the audit log; a hold whose time is over is released while the base is served")
    func hold() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop", "--price", "9.9/件")
            await base.succeed(
                "inbound", "receive", "--reference", "RK-1", "--warehouse", "main", "--location", "A-01", "--owner",
                "coop", "melon:10件")
            await base.succeed(
                "order", "place", "--source", "shop", "--reference", "1", "--line", "melon:3件", "--hold", "1h")
            await base.succeed("order", "place", "--source", "shop", "--reference", "2", "--line", "melon:2件")
            let schema = "base_\(TestInstallation.base)"
            try await base.asOwner(
                "UPDATE \(schema).order_line SET expires_at = now() - interval '1 second' WHERE claim = 'held'")
            try await base.served { _ in
                let released = try await eventually {
                    await base.succeed("order", "list", "--state", "released", "--json").contains(#""reference":"1""#)
                }
                #expect(released)
            }
            let stock = await base.succeed("stock", "show", "melon", "--json")
            #expect(stock.contains(#""available":8"#), "\(stock)")
            await base.succeed("verify")
            // A statement that divides by zero unless there are two such rows.
            try await base.asOwner("SELECT 1 / (SELECT count(*) - 1 FROM \(schema).audit WHERE action = 'order.place')")
        }
    }

    @Test("an order that is placed and cannot be read back is placed, and its id is told")
    func unread() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop", "--price", "9.9/件")
            await base.succeed(
                "inbound", "receive", "--reference", "RK-1", "--warehouse", "main", "--location", "A-01", "--owner",
                "coop", "melon:10件")
            let recipients = "ON base_\(TestInstallation.base).recipient"
            try await base.asOwner("REVOKE SELECT \(recipients) FROM yuncang_service")
            let placed = await base.succeed(
                "order", "place", "--source", "shop", "--reference", "1", "--line", "melon:3件", "--json")
            try await base.asOwner("GRANT SELECT \(recipients) TO yuncang_service")
            let listed = await base.succeed("order", "list", "--json")
            let id = try #require(listed.split(separator: "\"").map(String.init).first { $0.utf8.count == 36 })
            #expect(placed.hasPrefix(#"{"id":"\#(id)","source":"shop","reference":"1","total_fen":2970,"#))
        }
    }
}
