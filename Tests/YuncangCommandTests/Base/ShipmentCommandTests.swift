import FoundationEssentials
import Spreadsheet
import Testing

@testable import yuncang

@Suite("Shipments by command", .onDatabase)
struct ShipmentCommandTests {
    /// Three paid orders of a shop, 1001 to 1003, and an unpaid one, 1004.
    private static func orders(_ base: GivenBase) async throws {
        await base.sell(melons: 10)
        let file = try base.file("orders.csv", "订单编号,商家编码,商品数量\n1001,melon,1\n1002,melon,1\n1003,melon,1\n")
        await base.succeed("order", "import", file, "--source", "ks")
        await base.succeed(
            "order", "place", "--source", "ks", "--reference", "1004", "--line", "melon:1", "--hold", "15m")
    }

    private static func rows(_ path: String) throws -> [[String]] {
        let file = try WorkbookFile(path: path)
        var rows: [[String]] = []
        try file.read(try file.sheet()) { row in
            rows.append(row.cells.map(\.text))
            return true
        }
        return rows
    }

    @Test("an order in several parcels has a row for each; what was told is not told again unless asked")
    func export() async throws {
        try await GivenBase.with { base in
            try await Self.orders(base)
            await base.succeed(
                "shipment", "add", "ks/1001", "--carrier", "圆通速递", "--tracking", "YT1234567890123456", "--tracking",
                "YT2222")
            await base.succeed("shipment", "add", "ks/1002", "--carrier", "=顺丰", "--tracking", "SF3333")
            let map = try base.file(
                "map.txt", "tracking = 物流单号\norder = 订单号\ncarrier = 物流公司\ncarrier:圆通速递 = yuantong\n")
            await base.succeed("mapping", "save", map, "--source", "ks", "--kind", "shipments")
            let first = "\(base.folder)/first.xlsx"
            let report = await base.succeed("shipment", "export", "--source", "ks", "--out", first)
            #expect(report.contains("3 parcels of 2 orders"), "\(report)")
            #expect(
                try Self.rows(first) == [
                    ["物流单号", "订单号", "物流公司"], ["YT1234567890123456", "1001", "yuantong"],
                    ["YT2222", "1001", "yuantong"],
                    ["SF3333", "1002", "=顺丰"],
                ])
            let none = await base.succeed(
                "shipment", "export", "--source", "ks", "--out", "\(base.folder)/none.csv", "--json")
            #expect(none == "{\"file\":null,\"parcels\":0,\"orders\":0,\"left_out\":[],\"more\":false}\n")
            #expect(!FileManager.default.fileExists(atPath: "\(base.folder)/none.csv"))
            let again = "\(base.folder)/again.csv"
            await base.succeed(
                "shipment", "export", "--source", "ks", "--out", again, "--again", "--since", "2026-01-01")
            let text = String(decoding: try Data(contentsOf: URL(filePath: again)), as: UTF8.self)
            #expect(text.contains("\r\nSF3333,1002,'=顺丰\r\n"), "a formula is made harmless: \(text)")
            #expect(
                await base.succeed("shipment", "export", "--source", "other", "--out", "\(base.folder)/o.csv").contains(
                    "nothing to tell"))
            await base.succeed("verify")
        }
    }

    @Test("files that are made at once tell each parcel once")
    func atOnce() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 100)
            let rows = (1...60).map { "\($0),melon,1,圆通,YT\($0 + 1_000)\n" }.joined()
            let file = try base.file("orders.csv", "订单编号,商家编码,商品数量,快递公司,快递单号\n" + rows)
            await base.succeed("order", "import", file, "--source", "ks")
            await base.succeed("shipment", "import", file, "--source", "ks")
            let paths = (1...4).map { "\(base.folder)/\($0).xlsx" }
            await withTaskGroup(of: Void.self) { group in
                for path in paths {
                    group.addTask { await base.succeed("shipment", "export", "--source", "ks", "--out", path) }
                }
            }
            let told = try paths.filter { FileManager.default.fileExists(atPath: $0) }.flatMap {
                try Self.rows($0).dropFirst()
            }
            #expect(told.count == 60 && Set(told).count == 60)
        }
    }

    @Test("a file that is there is never written over, and then nothing is marked")
    func notWritten() async throws {
        try await GivenBase.with { base in
            try await Self.orders(base)
            await base.succeed("shipment", "add", "ks/1001", "--carrier", "圆通", "--tracking", "YT1111")
            let there = try base.file("there.xlsx", "somebody's")
            let call = await base.call("shipment", "export", "--source", "ks", "--out", there)
            #expect(call.status == .outputFailed && call.error.contains("there.xlsx"), "\(call.error)")
            #expect(
                await base.call("shipment", "export", "--source", "ks", "--out", "\(base.folder)/x.txt").status
                    == .usage)
            let report = await base.succeed("shipment", "export", "--source", "ks", "--out", "\(base.folder)/y.xlsx")
            #expect(report.contains("1 parcel of 1 order"))
        }
    }

    @Test("a list of numbers is recorded, once; rows of unknown, unpaid and misspelt ones are written to a file")
    func importing() async throws {
        try await GivenBase.with { base in
            try await Self.orders(base)
            let file = try base.file(
                "numbers.csv",
                "订单号,物流公司,运单号\n1001,圆通,\"\tYT1111\"\n1001,圆通,YT2222\n1001,圆通,YT2222\n1002,顺丰,1.02E+14\n1004,顺丰,SF4444\n9999,顺丰,SF5555\n"
                    + "1003,,SF6666\n1003,圆通,YT 7\n")
            let call = await base.call("shipment", "import", file, "--source", "ks", "--json")
            #expect(
                call.status == .badInput && call.output.contains(#""recorded":2,"repeated":1,"refused_rows":5"#),
                "\(call.output)\(call.error)")
            for words in [
                #""line":5,"column":"运单号","code":"mangled_code""#, #""line":6,"column":null,"code":"not_to_be_sent""#,
                #""line":7,"column":null,"code":"unknown_order""#, #""line":8,"column":"物流公司","code":"empty_field""#,
                #""line":9,"column":"运单号","code":"invalid_value""#,
            ] { #expect(call.output.contains(words), "\(words) in \(call.output)") }
            #expect(FileManager.default.fileExists(atPath: "\(base.folder)/numbers.refused.csv"))
            let again = await base.call("shipment", "import", file, "--source", "ks", "--json")
            #expect(
                again.output.contains(#""recorded":0,"repeated":3,"#) && again.output.contains("numbers.refused-2.csv"))
            #expect(
                await base.succeed("shipment", "list", "--source", "ks", "--json").contains(#""tracking":"YT2222""#))
        }
    }

    @Test(
        "what was recorded by mistake is taken back, and may be recorded again; what is to be refunded is left out by name"
    )
    func mistakes() async throws {
        try await GivenBase.with { base in
            try await Self.orders(base)
            await base.succeed("shipment", "add", "ks/1001", "--carrier", "圆通", "--tracking", "YT1111")
            let repeated = await base.call("shipment", "add", "ks/1001", "--carrier", "圆通", "--tracking", "YT1111")
            #expect(repeated.status == .success && repeated.error.contains("nothing was changed"))
            await base.succeed("shipment", "withdraw", "ks/1001", "--tracking", "YT1111")
            #expect(await base.call("shipment", "withdraw", "ks/1001", "--tracking", "YT1111").status == .failure)
            let none = await base.succeed("shipment", "export", "--source", "ks", "--out", "\(base.folder)/a.csv")
            #expect(none.contains("nothing to tell"))
            await base.succeed("shipment", "add", "ks/1001", "--carrier", "圆通", "--tracking", "YT1111")
            await base.succeed("shipment", "add", "ks/1002", "--carrier", "圆通", "--tracking", "YT2222")
            #expect(await base.call("order", "cancel", "ks/1002").error.contains("withdraw its number"))
            try await base.asOwner(
                """
                INSERT INTO base_\(TestInstallation.base).order_terms (order_id, refund_lock)
                SELECT id, now() FROM base_\(TestInstallation.base).customer_order WHERE reference IN ('1002', '1003')
                """)
            let locked = await base.call("shipment", "add", "ks/1003", "--carrier", "圆通", "--tracking", "YT3333")
            #expect(locked.status == .failure && locked.error.contains("refund is asked for"), "\(locked.error)")
            let call = await base.call("shipment", "export", "--source", "ks", "--out", "\(base.folder)/b.csv")
            #expect(
                call.status == .differences && call.output.contains("left out: order 1002 is to be refunded"),
                "\(call.output)")
            #expect(call.output.contains("1 parcel of 1 order"))
            #expect(
                await base.call("shipment", "add", "ks/1004", "--carrier", "圆通", "--tracking", "YT4444").status
                    == .failure)
            #expect(
                await base.call("shipment", "add", "ks/9", "--carrier", "圆通", "--tracking", "YT4444").status == .failure
            )
            #expect(
                await base.call("shipment", "add", "ks/1003", "--carrier", "圆通", "--tracking", "YT_4").status == .usage)
        }
    }
}
