/// One row of a CSV file, quotes resolved.
struct CSVRecord: Hashable, Sendable {
    /// The line on which the row starts, counted from 1.
    let line: Int
    private let bytes: [UInt8]
    private let ends: [Int]

    /// A row whose fields stand one after the other in `bytes`, each ending where `ends` says.
    init(line: Int, bytes: [UInt8], ends: [Int]) {
        self.line = line
        self.bytes = bytes
        self.ends = ends
    }

    var count: Int { ends.count }

    /// Whether the row is a line with nothing on it.
    var isBlank: Bool { count == 1 && bytes.isEmpty }

    /// The text of a field, without the white space around it.
    subscript(index: Int) -> String {
        var range = (index == 0 ? 0 : ends[index - 1])..<ends[index]
        while let first = range.first, Self.isSpace(bytes[first]) { range.removeFirst() }
        while let last = range.last, Self.isSpace(bytes[last]) { range.removeLast() }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// All cells, as text.
    var cells: [String] { (0..<count).map { self[$0] } }
}
