import JSON
import Testing

@testable import yuncang

@Suite("Goods between warehouses, by command", .onDatabase)
struct TransferCommandTests {
    private static func lot(in base: GivenBase) async throws -> String {
        let json = try JSONType<JSONValue>.any.read(
            Array(await base.succeed("stock", "lots", "--sku", "melon", "--json").utf8))
        guard case .array(let lots) = json, case .string(let lot)? = lots.first?["id"] else { throw NoLot() }
        return lot
    }

    private struct NoLot: Error {}

    private static func prepare(_ base: GivenBase) async throws -> String {
        await base.sell(melons: 100)
        await base.succeed("warehouse", "add", "north", "--name", "北仓")
        await base.succeed("location", "add", "N-01", "--warehouse", "north", "--storage", "chilled")
        return try await lot(in: base)
    }

    @Test("melons go north, as the manual tells it")
    func walk() async throws {
        try await GivenBase.with { base in
            let lot = try await Self.prepare(base)
            let asked = await base.succeed(
                "transfer", "request", "DB-1", "--from", "main", "--to", "north", "--owner", "coop", "--expected",
                "2020-12-01T18:00", "melon:40件")
            #expect(asked == "DB-1: requested\n")
            await base.succeed("transfer", "approve", "DB-1")
            let pick = [
                "transfer", "pick", "DB-1", "--as", "p1", "--lot", lot, "--location", "A-01", "--quantity", "40",
            ]
            #expect(await base.call(pick).output == "DB-1: being picked\n")
            #expect(await base.call(pick).output == "DB-1 was that already: being picked\n")
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":60,"#))
            await base.succeed("transfer", "load", "DB-1")
            #expect(await base.succeed("transfer", "depart", "DB-1", "--lang", "zh") == "DB-1：在途\n")
            let late = await base.succeed("transfer", "list", "--late", "--warehouse", "north")
            #expect(late.contains("2020-12-01 18:00:00 (late)"), "by the base's clocks: \(late)")
            let part = await base.succeed(
                "transfer", "arrive", "DB-1", "--as", "a1", "--lot", lot, "--location", "N-01", "--received", "35")
            #expect(part == "DB-1: in transit\n")
            let rest = await base.succeed(
                "transfer", "arrive", "DB-1", "--as", "a2", "--lot", lot, "--location", "N-01", "--damaged", "3",
                "--lost", "2", "--because", "破损", "--answerable", "司机张师傅")
            #expect(rest == "DB-1: closed\n")
            let shown = await base.succeed("transfer", "show", "DB-1")
            #expect(shown.contains("司机张师傅") && shown.contains("closed") && !shown.contains("late"), "\(shown)")
            let json = await base.succeed("transfer", "show", "DB-1", "--json")
            #expect(json.contains(#""shipped":40,"received":35,"damaged":3,"lost":2,"in_transit":0"#), "\(json)")
            #expect(await base.succeed("transfer", "list", "--late").contains("no transfers here"))
            #expect(await base.succeed("transfer", "suggest", "--to", "north").contains("nothing is to be brought"))
            #expect(await base.succeed("verify").hasSuffix("\nall explained\n"))
        }
    }

    @Test("a step at the wrong time is refused in words, and changes nothing")
    func refused() async throws {
        try await GivenBase.with { base in
            let lot = try await Self.prepare(base)
            let request = ["transfer", "request", "DB-1", "--from", "main", "--owner", "coop"]
            let arrive = ["transfer", "arrive", "DB-1", "--as", "a", "--lot", lot]
            #expect(await base.call(request + ["--to", "north", "melon:4"]).status == .success)
            for (arguments, words) in [
                (["transfer", "approve", "DB-9"], "there is no such transfer"),
                (["transfer", "show", "DB-9"], "there is no such transfer"),
                (["transfer", "load", "DB-1"], "nobody has approved"),
                (request + ["--to", "north", "melon:5"], "another transfer was asked for"),
                (arrive + ["--received", "1", "--location", "N-01"], "not departed yet"),
                (["transfer", "suggest", "--to", "x"], "no warehouse 'x'"),
            ] {
                let call = await base.call(arguments)
                #expect(call.status == .failure && call.error.contains(words), "\(arguments): \(call.error)")
            }
            for (arguments, words) in [
                (request + ["--to", "main", "melon:4"], "from one warehouse to another"),
                (arrive + ["--lost", "1"], "somebody who answers for it"),
                (arrive + ["--received", "1"], "stands at a location"),
                (arrive, "more than 0"),
            ] {
                let call = await base.call(arguments)
                #expect(call.status == .usage && call.error.contains(words), "\(arguments): \(call.error)")
            }
            #expect(await base.succeed("transfer", "cancel", "DB-1") == "DB-1: cancelled\n")
        }
    }
}
