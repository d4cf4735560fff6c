/// Where the fields of a head stand, in the order in which they came; those of a usual request without an allocation.
struct FieldList: RandomAccessCollection, Sendable {
    private static var usualCount: Int { 12 }

    private var first = InlineArray<12, FieldRange>(repeating: FieldRange(name: 0..<0, value: 0..<0))
    private var rest: [FieldRange] = []
    private(set) var count = 0

    var startIndex: Int { 0 }
    var endIndex: Int { count }

    subscript(index: Int) -> FieldRange {
        index < Self.usualCount ? first[index] : rest[index - Self.usualCount]
    }

    mutating func append(_ field: FieldRange) {
        if count < Self.usualCount { first[count] = field } else { rest.append(field) }
        count += 1
    }

    /// The same fields in an array in which the head begins so many bytes later.
    func moved(by distance: Int) -> FieldList {
        guard distance > 0 else { return self }
        var moved = FieldList()
        for field in self { moved.append(field.moved(by: distance)) }
        return moved
    }
}

extension Range<Int> {
    /// The same so many bytes later.
    func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
