import Testing

@testable import WarehouseAPI

@Suite("Rates, without a clock")
struct RateTableTests {
    private static let second: Int64 = 1_000_000_000

    @Test(
        "a burst goes through at once, then one at each step of the pace, and what is too early is told how long to wait"
    )
    func pace() {
        // One a second, three at once.
        var table = RateTable(Rate(perMinute: 60, burst: 3))
        for _ in 0..<3 { #expect(table.admit(1, at: 0) == .admitted) }
        #expect(table.admit(1, at: 0) == .wait(Self.second))
        #expect(table.admit(1, at: Self.second - 1) == .wait(1))
        #expect(table.admit(1, at: Self.second) == .admitted)
        #expect(table.admit(1, at: Self.second) == .wait(Self.second))
        // A pause gives the burst back, and never more.
        for _ in 0..<3 { #expect(table.admit(1, at: 100 * Self.second) == .admitted) }
        #expect(table.admit(1, at: 100 * Self.second) == .wait(Self.second))
    }

    @Test("being refused costs nothing, and asking what would be said counts nothing")
    func refused() {
        var table = RateTable(Rate(perMinute: 60, burst: 1))
        #expect(table.verdict(on: 1, at: 0) == .admitted)
        #expect(table.admit(1, at: 0) == .admitted)
        for _ in 0..<100 { #expect(table.admit(1, at: 1) == .wait(Self.second - 1)) }
        #expect(table.verdict(on: 1, at: 1) == .wait(Self.second - 1))
        #expect(table.verdict(on: 2, at: 1) == .admitted)
        #expect(table.admit(1, at: Self.second) == .admitted)
    }

    @Test("over any time, no more go through than the burst and the pace allow", arguments: [1, 7, 60, 6_000])
    func bound(perMinute: Int) {
        var generator = SystemRandomNumberGenerator()
        var table = RateTable(Rate(perMinute: perMinute, burst: 5))
        var (now, admitted): (Int64, Int64) = (0, 0)
        for _ in 0..<20_000 {
            now += Int64.random(in: 0..<Self.second / 10, using: &generator)
            if table.admit(9, at: now) == .admitted { admitted += 1 }
        }
        #expect(admitted <= 5 + now * Int64(perMinute) / (60 * Self.second) + 1)
        let owed = min(20_000, now * Int64(perMinute) / (60 * Self.second))
        #expect(admitted >= owed * 9 / 10 - 1)
    }

    @Test("very many keys do not make it grow, and a few busy ones keep their places")
    func flood() {
        var table = RateTable(Rate(perMinute: 60, burst: 10), rows: 64)
        for _ in 0..<10 { _ = table.admit(0xABCD, at: 0) }
        #expect(table.admit(0xABCD, at: 0) == .wait(Self.second))
        for key in 0..<100_000 as Range<UInt64> { _ = table.admit(key &* 0x9E37_79B9_7F4A_7C15, at: 1) }
        #expect(table.capacity == 256)
        #expect(table.admit(0xABCD, at: 1) != .admitted, "whoever is far ahead of the pace is forgotten last")
    }
}
