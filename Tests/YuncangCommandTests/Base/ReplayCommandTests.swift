import FoundationEssentials
import Testing

@testable import yuncang

@Suite("Replaying sales over HTTP", .onDatabase)
struct ReplayCommandTests {
    private static let head = "销售日期,扫码销售时间,单品编码,销量(千克),销售单价(元/千克),销售类型,是否打折销售\n"
    /// 0.235 kg at 6.30 are 148.05 fen, 0.125 kg at 1.00 are 12.5 fen and become 13, two pieces at 4.50 are 900.
    private static let sales =
        head + """
            2023-06-17,09:00:00.000,1,0.235,6.30,销售,否
            2023-06-17,09:00:01.000,1,0.125,1.00,销售,是
            2023-06-17,09:00:02.000,2,2.000,4.50,销售,否
            2023-06-18,09:00:00.000,2,1.000,4.50,销售,否

            """

    private func prepare(_ base: GivenBase) async throws {
        await base.furnish()
        let list = try base.file("list.csv", "单品编码,单品名称\n1,芋头\n2,甜瓜(盒)\n")
        await base.succeed("product", "import", list, "--owner", "coop")
    }

    private func replay(
        _ base: GivenBase, _ file: String, at url: String, by token: String? = nil, _ more: String...
    ) async -> Call {
        let place = ["--owner", "coop", "--warehouse", "main", "--location", "A-01"]
        return await base.call(["replay", file, "--url", url, "--json"] + place + more, token: token)
    }

    @Test("the sums are the file's, rounded half up once per sale, and again nothing more happens")
    func sums() async throws {
        try await GivenBase.with { base in
            try await prepare(base)
            let file = try base.file("sales.csv", Self.sales)
            let token = try await base.token("operator")
            try await base.served { url in
                for _ in 0..<2 {
                    let call = await replay(base, file, at: url, by: token, "--day", "2023-06-17")
                    #expect(call.status == .success, "\(call.output)\(call.error)")
                    #expect(call.output.contains(#""placed":3,"failed":0"#))
                    #expect(call.output.contains(#""skus":2,"total_fen":1061,"disagreements":[],"differences":0"#))
                    let verified = await base.succeed("verify", "--json")
                    #expect(verified.contains(#""movements":2,"balances":2,"pools":2,"orders":3,"total_fen":1061"#))
                }
                #expect(await replay(base, file, at: url, by: token).output.contains(#""placed":4,"failed":0"#))
                let stock = await base.succeed("stock", "show", "1", "--json")
                #expect(stock.contains(#""available":360,"sellable":720,"held":0,"committed":360"#), "\(stock)")
            }
        }
    }

    @Test("an order that is not the file's is told, with its reference, and the sums that it spoils")
    func disagreement() async throws {
        try await GivenBase.with { base in
            try await prepare(base)
            await base.succeed(
                "inbound", "receive", "--reference", "x", "--owner", "coop", "--warehouse", "main", "--location",
                "A-01",
                "1:1kg")
            let other = try base.file("other.csv", Self.head + "2023-06-17,09:00:00.000,1,0.200,6.30,销售,否\n")
            let file = try base.file("sales.csv", Self.sales)
            let token = try await base.token("operator")
            try await base.served { url in
                #expect(await replay(base, other, at: url, by: token, "--day", "2023-06-17").status == .success)
                // The same source and reference, another quantity: received under another day, so only the order differs.
                let call = await replay(base, file, at: url, by: token)
                #expect(call.status == .differences, "\(call.error)")
                #expect(call.output.contains(#""placed":3,"failed":1"#))
                #expect(
                    call.output.contains(#"{"sku":"1","sum":"quantity","expected":360,"found":325}"#), "\(call.output)")
            }
        }
    }

    @Test("a service that is not there, a day without sales and a SKU that nobody lists are told")
    func refusals() async throws {
        try await GivenBase.with { base in
            try await prepare(base)
            let file = try base.file("sales.csv", Self.sales)
            let unreachable = await replay(base, file, at: "http://127.0.0.1:1")
            #expect(unreachable.status == .unavailable && unreachable.error.contains("yuncang serve"))
            let empty = await replay(base, file, at: "http://127.0.0.1:1", "--day", "2023-06-01")
            #expect(empty.status == .badInput)
            let unknown = try base.file("unknown.csv", Self.head + "2023-06-17,09:00:00.000,9,1.000,6.30,销售,否\n")
            let stranger = await replay(base, unknown, at: "http://127.0.0.1:1")
            #expect(
                stranger.status == .badInput
                    && stranger.error.contains(#""line":2,"column":"单品编码","code":"unknown_key""#), "\(stranger.error)")
            #expect(await replay(base, file, at: "ftp://x").status == .usage)
            try await base.served { url in
                let nobody = await replay(base, file, at: url)
                #expect(nobody.status == .failure && nobody.error.contains("401"), "\(nobody.error)")
            }
            #expect(await base.succeed("stock", "show", "--json") == "[]\n", "nothing was received for any of them")
        }
    }
}
