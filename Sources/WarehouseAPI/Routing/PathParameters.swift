/// The decoded parameters of a path, in the order in which they stand there; most paths have one, which needs no array.
struct PathParameters: Equatable, Sendable {
    private var first = ""
    private var others: [String] = []
    private(set) var count = 0

    mutating func append(_ parameter: String) {
        if count == 0 { first = parameter } else { others.append(parameter) }
        count += 1
    }

    subscript(index: Int) -> String {
        precondition(index < count, "the path has \(count) parameters")
        return index == 0 ? first : others[index - 1]
    }
}
