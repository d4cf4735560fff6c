/// Codes of SKUs in order, each once.
struct CodeIndex: Equatable, Sendable {
    private(set) var all: [SKUCode] = []

    /// Adds a code, unless it is there.
    mutating func insert(_ code: SKUCode) {
        // Rows come in order as a rule.
        guard let last = all.last, code <= last else { return all.append(code) }
        let index = firstIndex(of: code)
        if all[index] != code { all.insert(code, at: index) }
    }

    /// The codes from this one on; all of them for nil.
    func from(_ code: SKUCode?) -> ArraySlice<SKUCode> {
        all[(code.map(firstIndex) ?? 0)...]
    }

    /// Where a code stands, or would stand, among all.
    private func firstIndex(of code: SKUCode) -> Int {
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
