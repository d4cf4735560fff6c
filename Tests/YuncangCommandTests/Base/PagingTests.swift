import Testing

@testable import yuncang

@Suite("Lists that go on", .onDatabase)
struct PagingTests {
    /// Follows a list by the commands that it names, and gives how many pages there were.
    private func pages(_ base: GivenBase, _ arguments: [String]) async throws -> [String] {
        var (next, pages) = (arguments, [String]())
        while pages.count < 20 {
            let call = await base.call(next)
            #expect(call.status == .success, "\(next): \(call.error)")
            pages.append(call.output)
            guard let told = call.error.firstRange(of: "there is more: yuncang ") else { return pages }
            next = Self.words(String(call.error[told.upperBound...].prefix { $0 != "\n" }))
        }
        return pages
    }

    /// A command line as a shell divides it, as far as quotes go.
    private static func words(_ line: String) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
    }

    @Test("every list says that there is more and how to see it, and its pages show everything once")
    func followed() async throws {
        try await GivenBase.with { base in
            await base.sell(melons: 3, jinOfRice: 2)
            for number in 1...4 {
                await base.succeed("owner", "add", "o\(number)", "--name", "合作社")
                await base.succeed("warehouse", "add", "w\(number)", "--name", "仓")
                await base.succeed("location", "add", "L\(number)", "--warehouse", "main")
                await base.succeed("product", "add", "p\(number)", "--name", "芋头", "--owner", "coop")
                await base.succeed(
                    "inbound", "receive", "--reference", "R \(number)", "--warehouse", "main", "--location", "A-01",
                    "--owner", "coop", "p\(number):1kg")
            }
            for number in 1...3 {
                await base.succeed(
                    "order", "place", "--source", "shop", "--reference", "\(number)", "--line", "melon:1件")
            }
            for (list, rows) in [
                ("owner list", 5), ("warehouse list", 5), ("location list --warehouse main", 5), ("product list", 6),
                ("stock show", 6), ("stock lots", 6), ("stock movements", 6), ("inbound list", 5), ("order list", 3),
                ("stock lots --sku melon", 1), ("stock show melon", 1),
            ] {
                let arguments = list.split(separator: " ").map(String.init)
                let pages = try await pages(base, arguments + ["--limit", "2"])
                // Each page has a line of headings.
                let shown = pages.flatMap { $0.split(separator: "\n").dropFirst() }
                #expect(pages.count == (rows + 1) / 2, "\(list): \(pages)")
                #expect(shown.count == rows && Set(shown).count == rows, "\(list): \(shown)")
                let whole = await base.call(arguments)
                #expect(whole.error.isEmpty, "\(list): \(whole.error)")
            }
        }
    }

    @Test("a program is told nothing that is not JSON, and a person is told in Chinese")
    func told() async throws {
        try await GivenBase.with { base in
            await base.furnish()
            await base.succeed("owner", "add", "other", "--name", "合作社")
            #expect(await base.call("owner", "list", "--limit", "1", "--json").error.isEmpty)
            let call = await base.call("owner", "list", "--limit", "1", "--lang", "zh", "--base", "gaoqing")
            #expect(call.error == "还有更多：yuncang owner list --after coop --limit 1 --base gaoqing\n")
            #expect(await base.call("owner", "list", "--limit", "0").status == .usage)
            #expect(await base.call("stock", "show", "--after", "melon").status == .usage)
        }
    }

    @Test(
        "a word that a shell would take apart is quoted",
        arguments: [("melon", "melon"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"), ("", "''")])
    func quoted(text: String, expected: String) {
        #expect(ShellWord.quoted(text) == expected)
    }
}
