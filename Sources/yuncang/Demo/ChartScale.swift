/// An axis from 0 to a round number, with a mark at each step.
struct ChartScale: Sendable, Equatable {
    /// 1, 2 or 5 with zeros.
    let step: Int
    /// The last mark, at or above the largest value.
    let top: Int

    /// An axis for values up to `most`, with about so many steps.
    init(upTo most: Int, steps: Int = 5) {
        let most = max(most, 1)
        var step = 1
        var factors = [2, 5, 10][...]
        var decade = 1
        while step * steps < most {
            if factors.isEmpty {
                factors = [2, 5, 10][...]
                decade *= 10
            }
            step = decade * factors.removeFirst()
        }
        self.step = step
        top = (most + step - 1) / step * step
    }

    /// From 0 to the top.
    var marks: [Int] { Array(stride(from: 0, through: top, by: step)) }

    /// Where a value lies on a line of that length; what is outside lies at its ends.
    func position(of value: Int, on length: Int) -> Int {
        min(max(value, 0), top) * length / top
    }
}
