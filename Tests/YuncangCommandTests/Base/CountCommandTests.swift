import JSON
import Testing

@testable import yuncang

@Suite("Counting, by command", .onDatabase)
struct CountCommandTests {
    private static func lot(in base: GivenBase) async throws -> String {
        let json = try JSONType<JSONValue>.any.read(
            Array(await base.succeed("stock", "lots", "--sku", "melon", "--json").utf8))
        guard case .array(let lots) = json, case .string(let lot)? = lots.first?["id"] else { throw NoLot() }
        return lot
    }

    private struct NoLot: Error {}

    @Test("three melons are missing, as the manual tells it")
    func walk() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 100)
            let lot = try await Self.lot(in: base)
            #expect(await base.succeed("count", "due", "--warehouse", "main").contains("melon"))
            let planned = await base.succeed("count", "plan", "PD-1", "--warehouse", "main", "--location", "A-01")
            #expect(planned == "PD-1: planned\n")
            let place = ["--lot", lot, "--location", "A-01"]
            let first = await base.call(["count", "enter", "PD-1", "--as", "1", "--counted", "97件"] + place)
            #expect(first.output == "PD-1: being counted\ncount it once more: the difference is too large\n")
            #expect(await base.call("count", "finish", "PD-1").error.contains("1 line of the count"))
            #expect(await base.succeed("count", "show", "PD-1", "--json").contains(#""expected":null,"counted":97"#))
            await base.call(["count", "enter", "PD-1", "--as", "2", "--counted", "97"] + place)
            #expect(await base.succeed("count", "finish", "PD-1", "--lang", "zh") == "PD-1：待审核\n")
            #expect(await base.succeed("count", "show", "PD-1").contains("-3"))
            #expect(await base.call("count", "approve", "PD-1").error.contains("nobody has said why"))
            let explained = await base.call(
                ["count", "explain", "PD-1", "--as", "e", "--because", "变质", "--answerable", "王师傅"] + place)
            #expect(explained.output == "PD-1: counted\n", "\(explained.error)")
            #expect(await base.succeed("count", "approve", "PD-1") == "PD-1: posted\n")
            #expect(await base.succeed("count", "approve", "PD-1") == "PD-1 was that already: posted\n")
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":97,"#))
            let shrinkage = await base.succeed("count", "shrinkage")
            #expect(shrinkage.contains("王师傅") && shrinkage.contains("spoiled"), "\(shrinkage)")
            #expect(await base.succeed("count", "list", "--warehouse", "main").contains("posted"))
            #expect(await base.succeed("verify").hasSuffix("\nall explained\n"))
        }
    }

    @Test("what cannot be counted is refused in words")
    func refused() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3)
            for (arguments, words) in [
                (["count", "finish", "PD-9"], "there is no such count"),
                (["count", "show", "PD-9"], "there is no such count"),
                (["count", "due", "--warehouse", "x"], "no warehouse 'x'"),
                (["count", "plan", "PD-1", "--warehouse", "main", "--sku", "x"], "no such SKUs"),
            ] {
                let call = await base.call(arguments)
                #expect(call.status == .failure && call.error.contains(words), "\(arguments): \(call.error)")
            }
            let plan = ["count", "plan", "PD-1", "--warehouse", "main"]
            for more in [[], ["--location", "A-01", "--sku", "melon"]] {
                let call = await base.call(plan + more)
                #expect(call.status == .usage && call.error.contains("either --location or --sku"), "\(call.error)")
            }
            let call = await base.call(plan + ["--sku", "melon", "--tolerance", "10001"])
            #expect(call.status == .usage && call.error.contains("from 0 to 10000"))
            await base.call(plan + ["--sku", "melon"])
            #expect(await base.call("count", "finish", "PD-1").error.contains("nobody has counted, of 1 lot"))
            #expect(await base.succeed("count", "cancel", "PD-1") == "PD-1: cancelled\n")
        }
    }
}
