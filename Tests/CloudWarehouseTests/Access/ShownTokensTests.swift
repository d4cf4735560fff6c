import EventLoop
import Testing

@testable import CloudWarehouse

@Suite("Tokens that are shown again")
struct ShownTokensTests {
    private static let now = MonotonicInstant(nanoseconds: 1_000_000_000_000)
    private static let end = now.advanced(by: .seconds(5))
    private let base = BaseKey(rawValue: "melons")!

    private func bytes(_ token: TokenText) -> ArraySlice<UInt8> { Array(token.revealed.utf8)[...] }

    private func caller(_ token: TokenText) throws -> Caller {
        Caller(
            token: .sample, prefix: token.prefix, scope: try TokenScope(role: .host), name: .sample, bearing: .program)
    }

    @Test("a text is known again for as long as it is trusted, and not a nanosecond longer")
    func trust() throws {
        var shown = ShownTokens(of: base)
        let token = TokenText(randomIn: base)
        #expect(shown.caller(showing: bytes(token), at: Self.now) == nil)
        shown.remember(bytes(token), of: try caller(token), until: Self.end)
        let last = MonotonicInstant(nanoseconds: Self.end.nanoseconds - 1)
        for instant in [Self.now, last] {
            #expect(shown.caller(showing: bytes(token), at: instant)?.prefix == token.prefix)
        }
        #expect(shown.caller(showing: bytes(token), at: Self.end) == nil)
    }

    @Test("a text that differs in one byte, or is shorter or longer by one, is not known")
    func others() throws {
        var shown = ShownTokens(of: base)
        let token = TokenText(randomIn: base)
        let text = Array(bytes(token))
        shown.remember(text[...], of: try caller(token), until: Self.end)
        for index in text.indices {
            for bit: UInt8 in [1, 1 << 7] {
                var other = text
                other[index] ^= bit
                #expect(shown.caller(showing: other[...], at: Self.now) == nil, "byte \(index)")
            }
        }
        for count in text.indices { #expect(shown.caller(showing: text[..<count], at: Self.now) == nil) }
        #expect(shown.caller(showing: (text + [text[0]])[...], at: Self.now) == nil)
        #expect(shown.caller(showing: ([0] + text).dropFirst(), at: Self.now) != nil, "where it stands does not matter")
    }

    @Test("of tokens that have one place, the last is known, and each is told from the other")
    func places() throws {
        var shown = ShownTokens(of: base)
        let tokens = (0..<3_000).map { _ in TokenText(randomIn: base) }
        for token in tokens { shown.remember(bytes(token), of: try caller(token), until: Self.end) }
        var known = 0
        for token in tokens {
            guard let caller = shown.caller(showing: bytes(token), at: Self.now) else { continue }
            #expect(caller.prefix == token.prefix)
            known += 1
        }
        #expect((900...1_021).contains(known))
    }

    @Test("a token that is forgotten is not known, and the others are")
    func forgotten() throws {
        var shown = ShownTokens(of: base)
        let (one, other) = (TokenText(randomIn: base), TokenText(randomIn: base))
        for token in [one, other] { shown.remember(bytes(token), of: try caller(token), until: Self.end) }
        let isKnown = shown.caller(showing: bytes(other), at: Self.now) != nil
        shown.forget(one.prefix)
        #expect(shown.caller(showing: bytes(one), at: Self.now) == nil)
        #expect((shown.caller(showing: bytes(other), at: Self.now) != nil) == isKnown)
    }
}
