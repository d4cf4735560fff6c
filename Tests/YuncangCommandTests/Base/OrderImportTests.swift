import FoundationEssentials
import Spreadsheet
import Testing

@testable import yuncang

@Suite("Importing orders by command", .onDatabase)
struct OrderImportTests {
    private static let header = "订单编号,商家编码,商品数量,商品金额,收件人,收件人手机号,省,市,区,详细地址,订单状态\n"
    private static let person = "王小明,13812345678,山东省,淄博市,高青县,某村 1 号"
    private static let good = """
        6921234567890123456,melon,2,19.80,\(person),待发货
        6921234567890123457,melon,1,9.90,\(person),待发货
        6921234567890123457,rice,5斤,30.01,\(person),待发货
        6921234567890123458,melon,1,9.90,\(person),已关闭

        """

    /// A file with keys for recipients, as the environment names it.
    private static func keys(_ base: GivenBase) throws -> [String: String] {
        let path = try base.file("keys", "2026-11:\(Data(repeating: 7, count: 32).base64EncodedString())\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return ["YUNCANG_RECIPIENT_KEYS": path]
    }

    private static func importing(_ base: GivenBase, _ file: String, _ more: String...) async throws -> Call {
        await base.call(["order", "import", file, "--source", "douyin"] + more, changes: try keys(base))
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test("orders go in under the platform's numbers, once however often the file is imported")
    func once() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10, jinOfRice: 10)
            let file = try base.file("orders.csv", Self.header + Self.good)
            let trial = try await Self.importing(base, file, "--dry-run")
            #expect(trial.status == .success && trial.output.contains("2 orders would be placed"), "\(trial.error)")
            #expect(await base.succeed("order", "list", "--json") == "[]\n")
            let first = try await Self.importing(base, file, "--json")
            #expect(first.status == .success, "\(first.error)")
            #expect(
                first.output.contains(#""placed":2,"short":0,"repeated":0,"skipped_orders":1,"skipped_rows":0"#),
                "\(first.output)")
            let again = try await Self.importing(base, file, "--json")
            #expect(again.output.contains(#""placed":0,"short":0,"repeated":2,"#) && again.status == .success)
            let order = await base.succeed("order", "show", "douyin/6921234567890123457", "--json")
            #expect(order.contains(#""state":"committed","total_fen":3991"#), "\(order)")
            #expect(order.contains("王** 138****5678"), "\(order)")
            await base.succeed("verify")
        }
    }

    @Test("good orders go in, the rows of the others are written with what is wrong, mended and imported")
    func refused() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3)
            let file = try base.file(
                "orders.csv",
                "订单编号,商家编码,商品数量\n=\"6921234567890123456\",melon,2\n6921234567890123457,peach,1\n6921234567890123457,melon,1\n"
                    + "6921234567890123458,melon,2\n")
            let call = await base.call("order", "import", file, "--source", "douyin", "--json")
            #expect(call.status == .badInput)
            #expect(
                call.output.contains(#""placed":2,"short":1,"#) && call.output.contains(#""refused_rows":2,"#),
                "\(call.output)")
            #expect(call.output.contains(#"{"line":3,"column":"商家编码","code":"unknown_key","#), "\(call.output)")
            // What the platform has sold is a fact: for want of goods it is marked, not refused.
            let short = await base.succeed("order", "show", "douyin/6921234567890123458", "--json")
            #expect(short.contains(#""state":"paid_short""#), "\(short)")
            let path = "\(base.folder)/orders.refused.csv"
            let refused = try Self.text(path)
            #expect(refused.hasPrefix("\u{FEFF}订单编号,商家编码,商品数量,problem\r\n6921234567890123457,peach,1,"), "\(refused)")
            #expect(refused.split(separator: "\r\n").count == 3)
            // A file that is there is somebody's: nothing is done of which it would have to tell.
            let there = await base.call("order", "import", file, "--source", "ks", "--refused", path)
            #expect(there.status == .outputFailed && there.error.contains("does not exist yet"), "\(there.error)")
            #expect(await base.succeed("order", "list", "--source", "ks", "--json") == "[]\n")
            // Mended: the SKU is another, and more melons have come.
            await base.succeed(
                "inbound", "receive", "--reference", "RK-2", "--warehouse", "main", "--location", "A-01", "--owner",
                "coop",
                "melon:9件")
            let mended = try base.file(
                "mended.csv", refused.replacing("peach", with: "rice").replacing("rice,1", with: "melon,3"))
            let second = await base.call("order", "import", mended, "--source", "douyin")
            #expect(
                second.status == .success && second.output.contains("1 order placed"),
                "\(second.output)\(second.error)")
            #expect(!second.error.contains("problem"))
            // The first file again: what it could not have then is there, and the mended order is another one now.
            let third = await base.call(
                "order", "import", file, "--source", "douyin", "--json", "--refused", "\(base.folder)/r.xlsx")
            #expect(third.output.contains(#""placed":0,"short":0,"repeated":2,"#), "\(third.output)")
        }
    }

    @Test("an order of other content under the same number is a conflict, in a trial too, and what was placed stays")
    func conflict() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            let header = "订单编号,商家编码,商品数量\n"
            await base.call("order", "import", try base.file("a.csv", header + "1001,melon,2\n"), "--source", "ks")
            let other = try base.file("b.csv", header + "1001,melon,3\n")
            for flags in [["--dry-run"], []] {
                let call = await base.call(["order", "import", other, "--source", "ks", "--json"] + flags)
                #expect(
                    call.status == .badInput && call.output.contains(#""code":"reference_conflict""#), "\(call.output)")
            }
            #expect(await base.succeed("order", "show", "ks/1001", "--json").contains(#""quantity":2,"#))
            // Another shop's number is another order.
            #expect(await base.succeed("order", "import", other, "--source", "wx").contains("1 order placed"))
        }
    }

    @Test("recipients need keys, or are left alone; masked ones are told")
    func recipients() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10, jinOfRice: 10)
            let file = try base.file("orders.csv", Self.header + Self.good)
            let call = await base.call("order", "import", file, "--source", "douyin")
            #expect(call.status == .configuration && call.error.contains("--without-recipients"), "\(call.error)")
            #expect(await base.succeed("order", "list", "--json") == "[]\n")
            let masked = try base.file(
                "masked.csv", Self.header + "7001,melon,1,9.90,王**,138****5678,山东省,淄博市,高青县,某村,待发货\n")
            let refused = try await Self.importing(base, masked)
            #expect(refused.status == .badInput && refused.error.contains("column 收件人手机号"), "\(refused.error)")
            #expect(
                await base.succeed("order", "import", masked, "--source", "douyin", "--without-recipients").contains(
                    "1 order placed"))
            #expect(await !base.succeed("order", "show", "douyin/7001", "--json").contains("recipient"))
        }
    }

    @Test("a workbook, a mapping of the source by itself, one by name, and a word on the command line")
    func mappings() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 10)
            var writer = WorkbookWriter(sheet: "x")
            writer.append(["单号", "货号", "件数", "状态"])
            writer.append(["6921234567890123456", "melon", "2", "打单"])
            let path = "\(base.folder)/orders.xlsx"
            try Data(writer.finished()).write(to: URL(filePath: path))
            let unknown = await base.call("order", "import", path, "--source", "ks")
            #expect(unknown.status == .badInput && unknown.error.contains("order=HEADING"), "\(unknown.error)")
            let map = try base.file("map.txt", "order = 单号\nsku = 货号\n")
            await base.succeed("mapping", "save", map, "--source", "ks")
            let state = await base.call("order", "import", path, "--source", "ks")
            #expect(state.status == .badInput && state.error.contains("status:WORD = ship"), "\(state.error)")
            let call = await base.call(
                "order", "import", path, "--source", "ks", "--map", "status:打单=ship", "--lang", "zh")
            #expect(call.status == .success && call.output.contains("已下 1 个订单"), "\(call.error)")
            let named = await base.call("order", "import", path, "--source", "ks", "--mapping", "other")
            #expect(named.status == .failure && named.error.contains("no mapping 'other'"))
            let sheet = await base.call("order", "import", path, "--source", "ks", "--sheet", "y")
            #expect(sheet.status == .badInput && sheet.error.contains("the sheets are 'x'"), "\(sheet.error)")
        }
    }
}
