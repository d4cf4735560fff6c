import JSON
import Testing

@testable import yuncang

@Suite("Waves and parcels, by command", .onDatabase)
struct WaveCommandTests {
    @Test("melons from the preview to the truck, as the manual tells it")
    func walk() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10, jinOfRice: 1)
            await base.succeed("location", "add", "P-01", "--warehouse", "main", "--purpose", "packing")
            await base.succeed(
                "product", "packing", "melon", "--life", "3", "--weight", "2.5kg", "--per-parcel", "4")
            for number in 1...2 {
                await base.succeed(
                    "order", "place", "--line", "melon:2", "--source", "shop", "--reference", "\(number)")
            }
            let preview = await base.succeed("wave", "preview", "--warehouse", "main", "--json")
            #expect(preview.contains(#""orders":2,"#) && preview.contains(#""wanted":4,"bindable":10"#))
            #expect(await base.succeed("wave", "plan", "W-1", "--warehouse", "main").hasPrefix("W-1: planned\n"))
            let released = await base.succeed("wave", "release", "W-1", "--lang", "zh")
            #expect(released.hasPrefix("W-1：已发放\n") && released.contains("2 个包裹"))
            #expect(await base.succeed("wave", "picks", "W-1").contains("melon"))
            let packed = await base.call(["parcel", "pack", "W-1-1", "W-1-9", "--weight", "5.2kg"])
            #expect(packed.status == .failure && packed.output.contains("there is no such parcel"))
            let heavy = await base.call(["parcel", "pack", "W-1-2", "--weight", "52kg"])
            #expect(heavy.status == .failure && heavy.output.contains("52000 g"))
            await base.succeed("parcel", "pack", "W-1-2", "--weight", "52kg", "--any-weight")
            await base.succeed("parcel", "dissolve", "W-1-2", "--to", "A-01")
            await base.succeed("parcel", "number", "W-1-1", "--carrier", "中通", "--tracking", "ZT0001")
            let other = await base.call(["parcel", "hand-over", "W-1-1", "--manifest", "JJ-1"])
            #expect(other.status == .failure && other.output.contains("中通"))
            await base.succeed("parcel", "hand-over", "ZT0001", "--manifest", "JJ-1", "--carrier", "中通")
            #expect(await base.succeed("manifest", "show", "JJ-1").contains("ZT0001"))
            #expect(await base.succeed("today", "--json").contains(#""done_parcels":1,"#))
            #expect(await base.succeed("wave", "show", "W-1").contains("handed over"))
            #expect(await base.succeed("wave", "close", "W-1").hasPrefix("W-1: closed\n"))
            #expect(await base.succeed("wave", "list").contains("closed"))
            #expect(await base.succeed("verify").hasSuffix("\nall explained\n"))
        }
    }
}
