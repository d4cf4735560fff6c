internal import HTTPTypes

/// The members of a comma-separated field, over all its lines, from the last to the first; empty ones are no members
/// (RFC 9110, 5.6.1).
struct BackwardList: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var lines: [Range<Int>]

    init(_ fields: RequestFields, _ name: HTTPField.Name) {
        bytes = fields.bytes
        lines = fields.ranges(of: name)
    }

    mutating func next() -> Range<Int>? {
        while let line = lines.popLast() {
            let comma = bytes[line].lastIndex(of: ASCII.comma)
            if let comma { lines.append(line.lowerBound..<comma) }
            let member = bytes.withoutBlanks((comma.map { $0 + 1 } ?? line.lowerBound)..<line.upperBound)
            if !member.isEmpty { return member }
        }
        return nil
    }
}

extension [UInt8] {
    /// The range without the blanks and tabs at its ends.
    func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start] == ASCII.space || self[start] == ASCII.tab { start += 1 }
        while start < end, self[end - 1] == ASCII.space || self[end - 1] == ASCII.tab { end -= 1 }
        return start..<end
    }
}
