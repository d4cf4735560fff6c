import JSON
import Testing

@testable import yuncang

@Suite("Setting up a base by command", .onDatabase)
struct NounTests {
    @Test("owner, places, products and a delivery in human units become stock that verify explains")
    func slice() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed(
                "product", "add", "melon", "--name", "甜瓜 5斤(盒)", "--owner", "coop", "--price", "39.9/件")
            await base.succeed(
                "product", "add", "rice", "--name", "五彩早稻", "--owner", "coop", "--unit", "gram", "--price", "6.5/斤")
            let received = await base.succeed(
                "inbound", "receive", "--reference", "RK-1", "--owner", "coop", "--warehouse", "main", "--location",
                "A-01", "--harvested", "2026-11-20", "--expires", "2099-12-01", "--grade", "特级", "melon:200件",
                "rice:25斤", "--json")
            let again = await base.succeed(
                "inbound", "receive", "--reference", "RK-1", "--owner", "coop", "--warehouse", "main", "--location",
                "A-01", "--harvested", "2026-11-20", "--expires", "2099-12-01", "--grade", "特级", "melon:200件",
                "rice:25斤", "--json")
            #expect(
                again == received.replacing(#""repeated":false"#, with: #""repeated":true"#),
                "the same delivery again is the same delivery")
            let stock = await base.succeed("stock", "show", "--json")
            #expect(
                stock.contains(
                    #""sku":"melon","name":"甜瓜 5斤(盒)","unit":"piece","warehouse":"main","owner":"coop","available":200,"#
                ))
            #expect(
                stock.contains(
                    #""sku":"rice","name":"五彩早稻","unit":"gram","warehouse":"main","owner":"coop","available":12500,"#))
            #expect(await base.succeed("stock", "show", "rice").contains("12.5 kg"))
            #expect(await base.succeed("product", "list").contains("39.90"))
            let verified = await base.succeed("verify")
            #expect(
                verified.hasPrefix("2 movements, 2 balances, 2 pools, 0 orders of ¥0.00\naudit log: 0 rows sealed, "))
            #expect(verified.hasSuffix("\nall explained\n"))
        }
    }

    /// What is typed, how it ends, and a part of what is said.
    private struct Refusal {
        let arguments: [String]
        let status: yuncang.ExitStatus
        let words: String

        init(_ arguments: [String], _ status: yuncang.ExitStatus, _ words: String) {
            self.arguments = arguments
            self.status = status
            self.words = words
        }
    }

    private static let refusals: [Refusal] = [
        Refusal(["owner", "add", "coop", "--name", "again"], .failure, "the code is taken"),
        Refusal(["owner", "add", "two words", "--name", "x"], .usage, "1 to 64 printable ASCII characters"),
        Refusal(["owner", "add", "x", "--name", "a\u{7}b"], .usage, "no control characters"),
        Refusal(["owner", "add", "x", "--name", "y", "--kind", "farm"], .usage, "--kind"),
        Refusal(["location", "add", "B", "--warehouse", "nowhere"], .failure, "there is no warehouse 'nowhere'"),
        Refusal(["location", "list", "--warehouse", "nowhere"], .failure, "yuncang warehouse list"),
        Refusal(add("m", "瓜", "--owner", "nobody"), .failure, "there is no owner 'nobody'"),
        Refusal(add("m", "瓜", "--owner", "coop", "--price", "12"), .usage, "the goods are weighed"),
        Refusal(add("m", "瓜(盒)", "--owner", "coop", "--price", "12/斤"), .usage, "by the piece"),
        Refusal(["product", "list", "--limit", "0"], .usage, "--limit is from 1 to 1000"),
        Refusal(["stock", "show", "nothing"], .failure, "nothing"),
        Refusal(receive("melon"), .usage, "write SKU:QUANTITY"),
        Refusal(receive("melon:1.5件"), .usage, "pieces are not divided"),
        Refusal(receive("melon:3斤"), .usage, "counted by the piece"),
        Refusal(receive("melon:-1"), .usage, "not below zero"),
        Refusal(receive("melon:0"), .usage, "line 1: nothing came"),
        Refusal(receive("unknown:1"), .failure, "unknown"),
        Refusal(receive("melon:1", "--expires", "tomorrow"), .usage, "2026-11-23"),
        Refusal(receive("melon:1", "--location", "Z-99"), .failure, "has no location 'Z-99'"),
        Refusal(receive("melon:1", "--owner", "nobody"), .failure, "nobody"),
    ]

    private static func add(_ code: String, _ name: String, _ more: String...) -> [String] {
        ["product", "add", code, "--name", name] + more
    }

    private static func receive(_ words: String...) -> [String] {
        var arguments = ["inbound", "receive", "--reference", "RK-9"] + words
        for (option, value) in [("--owner", "coop"), ("--warehouse", "main"), ("--location", "A-01")]
        where !words.contains(option) { arguments += [option, value] }
        return arguments
    }

    @Test("what is wrong is told in the words of whoever typed it, and nothing is changed")
    func refused() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop")
            for refusal in Self.refusals {
                let call = await base.call(refusal.arguments)
                #expect(call.status == refusal.status, "\(refusal.arguments): \(call.error)")
                #expect(call.error.contains(refusal.words), "\(refusal.arguments): \(call.error)")
                #expect(call.output.isEmpty)
            }
            let verified = await base.succeed("verify", "--json")
            #expect(verified.contains(#""movements":0,"balances":0,"pools":0"#))
        }
    }

    @Test("a counter that is wrong is named by verify, which ends with its own status")
    func verifyNames() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("product", "add", "melon", "--name", "甜瓜(盒)", "--owner", "coop")
            await base.call(Self.receive("melon:7"))
            try await base.asOwner("UPDATE base_\(TestInstallation.base).pool SET sellable = 8")
            let call = await base.call("verify")
            #expect(call.status == .differences)
            #expect(call.output.contains("pool") && call.output.contains("sellable"))
        }
    }
}
