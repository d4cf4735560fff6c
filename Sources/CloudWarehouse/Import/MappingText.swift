/// How a cooperative's or a platform's own sheet is to be read, as a file says it: which heading stands for which column, and
/// what the sheet's words for units, states and carriers mean.
///
///     # the sheet of the Jintianyuan cooperative
///     code = 货号
///     name = 品名
///     unit:筐 = piece
///
/// A line is `column = heading`, `unit:word = piece|gram`, `status:word = ship|skip` or `carrier:name = the platform's word`;
/// empty lines and those that begin with `#` say nothing.
public struct MappingText: Hashable, Sendable {
    /// `column=heading`, as ``ColumnMapping/init(pairs:)`` takes them.
    public private(set) var pairs: [String] = []
    /// What each word for a unit means.
    public private(set) var units: [String: BaseUnit] = [:]
    /// What becomes of orders in each state that a platform has a word for.
    public private(set) var states: [String: OrderFate] = [:]
    /// What a platform calls each carrier.
    public private(set) var carriers: [String: String] = [:]

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
        if let word = Self.word("unit:", in: left) {
            guard let unit = BaseUnit(rawValue: right), !word.isEmpty else { throw .mappedUnit }
            guard units.updateValue(unit, forKey: word) == nil else { throw .repeatedUnit(word) }
        } else if let word = Self.word("status:", in: left) {
            guard let fate = OrderFate(rawValue: right), !word.isEmpty else { throw .mappedStatus }
            guard states.updateValue(fate, forKey: word) == nil else { throw .repeatedWord(word) }
        } else if let word = Self.word("carrier:", in: left) {
            guard !word.isEmpty else { throw .mapping }
            guard carriers.updateValue(right, forKey: word) == nil else { throw .repeatedWord(word) }
        } else {
            pairs.append("\(left)=\(right)")
        }
    }

    /// Adds what one line says, in place of what was said of the same thing before.
    public mutating func replace(_ line: String) throws(InvalidValue) {
        let left = line.prefix { $0 != "=" }.trimmed
        pairs.removeAll { $0.hasPrefix(left + "=") }
        if let word = Self.word("unit:", in: left) { units[word] = nil }
        if let word = Self.word("status:", in: left) { states[word] = nil }
        if let word = Self.word("carrier:", in: left) { carriers[word] = nil }
        try add(line)
    }

    /// What stands behind the prefix; nil without it.
    private static func word(_ prefix: String, in text: String) -> String? {
        text.hasPrefix(prefix) ? text.dropFirst(prefix.count).trimmed : nil
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
