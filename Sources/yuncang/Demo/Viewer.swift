/// One who watches a melon session and wants some of it.
struct Viewer: Sendable, Equatable {
    /// What becomes of the order once it is placed.
    enum Course: Sendable, Equatable {
        /// It is paid when it is placed.
        case pays
        /// It holds its pieces unpaid, and is paid so long afterwards.
        case paysLater(after: Duration)
        /// It holds its pieces unpaid, and is called off so long afterwards.
        case cancels(after: Duration)

        /// Whether the order is placed unpaid.
        var holds: Bool { self != .pays }
    }

    /// From 1 on; reference and buyer are named by it.
    let number: Int
    /// When the order is sent, from the beginning of the session on.
    let arrival: Duration
    /// How many pieces are wanted.
    let pieces: Int64
    let course: Course
    /// Whether the same order is sent over two connections at once.
    let sendsTwice: Bool
}

/// Who comes to a melon session, and when. The same numbers give the same session each time.
struct SessionPlan: Sendable, Equatable {
    /// In the order in which they come.
    let viewers: [Viewer]

    init(viewers: [Viewer]) {
        self.viewers = viewers
    }

    /// So many viewers over so long a time: few at first, more and more later, most of them when it is too late. Within no time
    /// at all everybody comes at once.
    init(viewers count: Int, over span: Duration, seed: UInt64 = 37) {
        var draw = Draw(state: seed)
        viewers = (1...max(count, 1)).map { number in
            let share = Double(number - 1) / Double(max(count, 1))
            return Viewer(
                number: number, arrival: span * Self.moment(of: share), pieces: Self.pieces(&draw),
                course: Self.course(&draw), sendsTwice: draw.hits(3))
        }
    }

    /// When so large a share of the viewers has come, as a share of the time: the crowd grows with the third power.
    private static func moment(of share: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if middle * middle * middle < share { low = middle } else { high = middle }
        }
        return high == 1 ? 1 : low
    }

    /// One piece mostly, two or three now and then.
    private static func pieces(_ draw: inout Draw) -> Int64 {
        draw.hits(70) ? 1 : draw.hits(67) ? 2 : 3
    }

    private static func course(_ draw: inout Draw) -> Viewer.Course {
        if draw.hits(65) { return .pays }
        if draw.hits(57) { return .paysLater(after: .milliseconds(draw.number(in: 200...1_500))) }
        return .cancels(after: .milliseconds(draw.number(in: 500...2_500)))
    }
}

/// Draws the same numbers in the same order each time (SplitMix64).
struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whether something happens that does so many times in a hundred.
    mutating func hits(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
