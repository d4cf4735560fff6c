import Testing

@testable import yuncang

@Suite("Did you mean")
struct DidYouMeanTests {
    private static let commands = [
        "serve", "migrate", "base", "maintain", "doctor", "verify", "version", "order", "stock",
    ]

    @Test(
        "a mistyped word finds its neighbours, nearest first, and others find none",
        arguments: [
            ("sevre", ["serve"]), ("srve", ["serve"]), ("servee", ["serve"]), ("verfy", ["verify"]), ("bsae", ["base"]),
            ("migarte", ["migrate"]), ("ver", ["verify", "version"]), ("STOCK", ["stock"]), ("mig", ["migrate"]),
            ("ordre", ["order"]), ("x", []), ("s", []), ("xyzzy", []), ("serum", []), ("", []), ("frobnicate", []),
            ("库存", []),
            (String(repeating: "a", count: 100_000), []),
        ])
    func suggestions(word: String, expected: [String]) {
        #expect(DidYouMean.suggestions(for: word, among: Self.commands) == expected)
    }

    @Test(
        "dashes do not make options alike",
        arguments: [
            ("--jsn", ["--json"]), ("--databse", ["--database"]), ("--lng", ["--lang"]), ("--xx", []), ("--q", []),
            ("--", []),
        ])
    func options(word: String, expected: [String]) {
        #expect(DidYouMean.suggestions(for: word, among: ["--json", "--database", "--base", "--lang"]) == expected)
    }

    @Test(
        "the distance counts swapped neighbours once",
        arguments: [
            ("", "", 0), ("ab", "ba", 1), ("kitten", "sitting", 3), ("a", "", 1), ("ca", "abc", 3), ("云仓", "仓云", 1),
        ])
    func distance(first: String, second: String, expected: Int) {
        #expect(EditDistance.between(first, second) == expected)
        #expect(EditDistance.between(second, first) == expected)
    }
}
