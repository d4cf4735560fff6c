/// Numbers that look random and are the same in every run.
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func pick(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &self) }

    /// Whether something happens that happens once in so many times.
    package mutating func once(in times: Int64) -> Bool { pick(1...times) == 1 }
}
