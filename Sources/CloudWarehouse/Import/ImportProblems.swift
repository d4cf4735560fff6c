/// What was found wrong with a sheet: all of it counted, the first ones listed.
public struct ImportProblems: Hashable, Sendable {
    /// The first problems, in the order of the file.
    public private(set) var listed: [ImportProblem] = []
    /// How many there are, listed or not.
    public private(set) var count = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether nothing is wrong.
    public var isEmpty: Bool { count == 0 }

    mutating func append(_ problem: ImportProblem) {
        count += 1
        if listed.count < limit { listed.append(problem) }
    }
}
