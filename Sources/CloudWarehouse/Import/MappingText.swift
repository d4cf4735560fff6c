/// How a cooperative's own sheet is to be read, as a file says it: which heading stands for which column, and what the
/// sheet's words for units mean.
///
///     # the sheet of the Jintianyuan cooperative
///     code = 货号
///     name = 品名
///     unit:筐 = piece
///
/// A line is `column = heading` or `unit:word = piece|gram`; empty lines and those that begin with `#` say nothing.
public struct MappingText: Hashable, Sendable {
    /// `column=heading`, as ``ColumnMapping/init(pairs:)`` takes them.
    public private(set) var pairs: [String] = []
    /// What each word for a unit means.
    public private(set) var units: [String: BaseUnit] = [:]

    /// Says nothing.
    public init() {}

    /// Reads the text of a file, or says which line is wrong and what would be right.
    public init(_ text: String) throws(InvalidValue) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(InvalidValue) { try add(line) } catch {
                throw .inLine(index + 1, error)
            }
        }
    }

    /// Adds what one line says.
    public mutating func add(_ line: String) throws(InvalidValue) {
        guard let equals = line.firstIndex(of: "=") else {
            throw .mapping
        }
        let left = line[..<equals].trimmed
        let right = line[line.index(after: equals)...].trimmed
        guard !left.isEmpty, !right.isEmpty else {
            throw .mapping
        }
        guard left.hasPrefix("unit:") else {
            pairs.append("\(left)=\(right)")
            return
        }
        let word = left.dropFirst("unit:".count).trimmed
        guard let unit = BaseUnit(rawValue: right), !word.isEmpty else {
            throw .mappedUnit
        }
        guard units.updateValue(unit, forKey: word) == nil else {
            throw .repeatedUnit(word)
        }
    }
}

extension StringProtocol {
    /// Without the white space around it.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
