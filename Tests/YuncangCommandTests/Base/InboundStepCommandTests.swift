import JSON
import Testing

@testable import yuncang

@Suite("Deliveries step by step, by command", .onDatabase)
struct InboundStepCommandTests {
    private static func lot(_ answer: String) throws -> String {
        let json = try JSONType<JSONValue>.any.read(Array(answer.utf8))
        guard case .string(let lot)? = json["lot"] else { throw NoLot(answer: answer) }
        return lot
    }

    private struct NoLot: Error {
        let answer: String
    }

    @Test("melons from the announcement to the shelf, as the manual tells it")
    func walk() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 1, jinOfRice: 1)
            await base.succeed(
                "location", "add", "R-01", "--warehouse", "main", "--storage", "chilled", "--purpose", "receiving")
            await base.succeed(
                "location", "add", "B-01", "--warehouse", "main", "--storage", "chilled", "--capacity", "300件",
                "--pick-sequence", "1")
            let announced = await base.succeed(
                "inbound", "announce", "RK-7", "--warehouse", "main", "--owner", "coop", "melon:400")
            #expect(announced == "RK-7: announced\n")
            await base.succeed("inbound", "arrive", "RK-7", "--warehouse", "main")
            let place = ["--owner", "coop", "--location", "R-01"]
            let first = await base.call(
                ["inbound", "count", "RK-7", "melon:300", "--as", "c1", "--grade", "特级", "--weighed", "950kg"] + place
                    + ["--certificate", "HG-1", "--picture", "album/1.jpg", "--json"])
            let lot = try Self.lot(first.output)
            let crushed = await base.call(
                ["inbound", "count", "RK-7", "melon:60", "--as", "c2", "--rejected", "20", "--because", "破损", "--json"]
                    + place)
            let second = try Self.lot(crushed.output)
            let wrong = await base.call(
                ["inbound", "count", "RK-7", "rice:0g", "--as", "c3", "--rejected", "5kg", "--because", "wrong_goods"]
                    + place)
            #expect(wrong.status == .success, "\(wrong.error)")
            await base.succeed("inbound", "finish", "RK-7")
            let shown = await base.succeed("inbound", "show", "RK-7")
            #expect(shown.contains("received") && shown.contains("-20") && shown.contains("5000"))
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":1,"#))
            #expect(await base.succeed("inbound", "release", "RK-7") == "RK-7: released\n")
            #expect(await base.succeed("stock", "show", "melon", "--json").contains(#""available":361,"#))
            let suggested = await base.succeed("inbound", "suggest", "RK-7", "--json")
            #expect(suggested.contains(#""quantity":300,"quality":"good","location":"B-01""#))
            await base.succeed("inbound", "put-away", "RK-7", "--as", "p1", "--lot", lot, "--location", "B-01")
            let half = await base.succeed(
                "inbound", "put-away", "RK-7", "--as", "p2", "--lot", second, "--location", "A-01", "--quantity", "59件")
            #expect(half == "RK-7: released\n")
            let last = await base.succeed(
                "inbound", "put-away", "RK-7", "--as", "p3", "--lot", second, "--location", "A-01", "--lang", "zh")
            #expect(last == "RK-7：已上架\n")
            #expect(await base.succeed("inbound", "list").contains("stored"))
            #expect(await base.succeed("verify").hasSuffix("\nall explained\n"))
        }
    }

    @Test("a wrong count is taken back and counted again; a shelf gets more than it takes only where that is meant")
    func wrongCount() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 1)
            await base.succeed(
                "location", "add", "R-01", "--warehouse", "main", "--storage", "chilled", "--purpose", "receiving")
            await base.succeed(
                "location", "add", "B-01", "--warehouse", "main", "--storage", "chilled", "--capacity", "5件")
            await base.succeed("inbound", "arrive", "RK-7", "--warehouse", "main")
            let place = ["--owner", "coop", "--location", "R-01"]
            #expect(await base.call(["inbound", "count", "RK-7", "melon:9", "--as", "c1"] + place).status == .success)
            await base.succeed("inbound", "finish", "RK-7")
            let early = await base.call(["inbound", "cancel", "RK-7"])
            #expect(early.status == .failure && early.error.contains("inbound retract"))
            let unknown = await base.call(["inbound", "retract", "RK-7", "--count", "x", "--note", "n"])
            #expect(unknown.error.contains("nothing was counted of this delivery as 'x'"))
            let retract = ["inbound", "retract", "RK-7", "--count", "c1", "--note", "重复清点"]
            #expect(await base.call(retract).output == "RK-7: arrived\n")
            #expect(await base.call(retract + ["--lang", "zh"]).output == "RK-7 此前已是如此：已到货\n")
            let recount = await base.call(["inbound", "count", "RK-7", "melon:9", "--as", "c1"] + place)
            #expect(recount.status == .failure && recount.error.contains("was taken back"))
            let counted = await base.call(["inbound", "count", "RK-7", "melon:6", "--as", "c2", "--json"] + place)
            let lot = try Self.lot(counted.output)
            await base.succeed("inbound", "finish", "RK-7")
            await base.succeed("inbound", "release", "RK-7")
            let put = ["inbound", "put-away", "RK-7", "--as", "p", "--lot", lot, "--location", "B-01"]
            let full = await base.call(put)
            #expect(
                full.status == .failure && full.error.contains("takes only 5 more") && full.error.contains("--over"))
            #expect(await base.call(put + ["--over"]).output == "RK-7: stored\n")
            let listed = await base.call([
                "inbound", "list", "--state", "stored", "--owner", "coop", "--warehouse", "main", "--limit", "1",
            ])
            #expect(listed.output.contains("RK-7") && !listed.output.contains("RK-1"))
            #expect(
                listed.error.contains("inbound list --state stored --owner coop --warehouse main --after"),
                "\(listed.error)")
            #expect(await base.succeed("inbound", "list", "--through", "2026-01-01").contains("nothing was received"))
            #expect(await base.call(["inbound", "list", "--state", "x"]).status == .usage)
            #expect(await base.succeed("verify").hasSuffix("\nall explained\n"))
        }
    }

    @Test("a step at the wrong time is refused in words, and changes nothing")
    func refused() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3)
            for (arguments, words) in [
                (["inbound", "finish", "RK-9"], "there is no such delivery"),
                (["inbound", "suggest", "RK-9"], "there is no such delivery"),
                (["inbound", "cancel", "RK-1"], "the delivery was released"),
                (["inbound", "retract", "RK-1", "--count", "RK-1", "--note", "n"], "the delivery was released"),
                (
                    ["inbound", "announce", "RK-8", "--warehouse", "x", "--owner", "coop", "melon:1"],
                    "no warehouse 'x'"
                ),
                (["inbound", "announce", "RK-8", "--warehouse", "main", "--owner", "x", "melon:1"], "no such owners"),
                (["inbound", "announce", "RK-8", "--warehouse", "main", "--owner", "coop", "x:1"], "no such SKUs"),
            ] {
                let call = await base.call(arguments)
                #expect(call.status == .failure && call.error.contains(words), "\(arguments): \(call.error)")
            }
            let count = ["inbound", "count", "RK-1", "melon:1", "--as", "c", "--owner", "coop", "--location", "A-01"]
            #expect(await base.call(count).error.contains("counting is over: it is stored"))
            let reasonless = await base.call(count + ["--rejected", "1"])
            #expect(reasonless.status == .usage && reasonless.error.contains("what is rejected has a reason"))
            #expect(await base.succeed("inbound", "release", "RK-1") == "RK-1 was that already: stored\n")
        }
    }
}
