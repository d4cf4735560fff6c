import Testing

@testable import yuncang

@Suite("Loading by command", .onDatabase, .serialized)
struct LoadingCommandTests {
    @Test("a truck is unloaded by staff and hired people, and the day's report has them")
    func walk() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 1)
            await base.succeed("inbound", "announce", "RK-7", "--warehouse", "main", "--owner", "coop", "melon:400")
            let planned = await base.succeed(
                "loading", "plan", "XH-1", "卸货", "--warehouse", "main", "--inbound", "RK-7")
            #expect(planned == "XH-1: planned\n")
            let begun = await base.succeed("loading", "start", "XH-1", "--staff", "张三", "--hired", "李四")
            #expect(begun == "XH-1: started\n")
            let finish = ["loading", "finish", "XH-1", "--pieces", "401", "--weight", "950kg"]
            #expect(await base.call(finish).output == "XH-1: finished\n")
            #expect(await base.call(finish + ["--lang", "zh"]).output == "XH-1 此前已是如此：已完工\n")
            let shown = await base.succeed("loading", "show", "XH-1", "--lang", "zh")
            #expect(shown.contains("张三") && shown.contains("临时工") && shown.contains("RK-7"))
            let day = await base.succeed("loading", "day")
            #expect(day.contains("张三") && day.contains("201") && day.contains("200") && day.contains("XH-1"))
            let json = await base.succeed("loading", "day", "--json")
            #expect(
                json.contains(
                    #"{"name":"张三","employment":"staff","loadings":1,"minutes":0,"pieces":201,"grams":475000}"#))
            #expect(await base.succeed("loading", "day", "2026-01-01").contains("nobody loaded or unloaded"))
            #expect(
                await base.succeed("loading", "list", "--state", "finished", "--warehouse", "main").contains("XH-1"))
            await base.succeed("loading", "plan", "XH-2", "load", "--warehouse", "main")
            let more = await base.call("loading", "list", "--limit", "1")
            #expect(more.output.contains("XH-2") && more.error.contains("loading list --after"))
            #expect(await base.succeed("loading", "cancel", "XH-2") == "XH-2: cancelled\n")
            #expect(await base.succeed("verify").hasSuffix("\nall explained\n"))
        }
    }

    @Test("what cannot be is refused in words")
    func refused() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 1)
            await base.succeed("loading", "plan", "XH-1", "unload", "--warehouse", "main")
            for (arguments, words) in [
                (["loading", "cancel", "XH-9"], "there is no such loading"),
                (["loading", "show", "XH-9"], "there is no such loading"),
                (["loading", "plan", "XH-2", "unload", "--warehouse", "x"], "no warehouse 'x'"),
                (["loading", "plan", "XH-2", "unload", "--warehouse", "main", "--inbound", "x"], "no delivery 'x'"),
                (["loading", "plan", "XH-1", "load", "--warehouse", "main"], "said already, and otherwise: plan"),
                (["loading", "finish", "XH-1", "--pieces", "1"], "nobody has begun"),
                (["loading", "start", "XH-1"], "nobody is named"),
                (["loading", "start", "XH-1", "--staff", "a", "--staff", "a"], "each once"),
                (["loading", "start", "XH-1", "--staff", "a", "--at", "2099-01-01"], "has not come yet"),
                (["loading", "start", "XH-1", "--staff", "a", "--at", "2020-01-01"], "longer ago than 7 days"),
                (["loading", "finish", "XH-1"], "not said how much was moved"),
                (["loading", "day", "2026-02-30"], "2026-02-30"),
            ] {
                let call = await base.call(arguments)
                #expect(call.status != .success && call.error.contains(words), "\(arguments): \(call.error)")
            }
        }
    }
}
