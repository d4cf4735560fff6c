/// A column that a kind of sheet has, known by its raw value on the command line: `code`, `name`.
public protocol SheetColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The heading that the column has when nothing else is said.
    var heading: String { get }
    /// Other headings under which it is found when nothing else is said, the likeliest first.
    var otherHeadings: [String] { get }
    /// Whether a sheet without it cannot be read.
    var isRequired: Bool { get }
}

extension SheetColumn {
    /// None.
    public var otherHeadings: [String] { [] }
}

/// Which heading of a file stands for which column.
///
/// Written on the command line as pairs, `code=单品编码`; a column that no pair names keeps its usual heading.
public struct ColumnMapping<Column: SheetColumn>: Hashable, Sendable {
    /// Why pairs are no mapping.
    public enum Failure: Error, Hashable, Sendable {
        /// The text is not `column=heading`.
        case notAPair(String)
        /// The sheet has no such column.
        case unknownColumn(String)
        /// One column, or one heading, is named twice.
        case repeated(String)
    }

    private var headings: [Column: String]
    /// The columns that pairs name.
    private(set) var named: Set<Column> = []

    /// The usual headings.
    public init() {
        headings = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, $0.heading) })
    }

    /// The usual headings but for those that the pairs name.
    public init(pairs: [String]) throws(Failure) {
        self.init()
        for pair in pairs {
            guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex,
                pair.index(after: equals) != pair.endIndex
            else { throw .notAPair(pair) }
            let name = String(pair[..<equals])
            guard let column = Column(rawValue: name) else { throw .unknownColumn(name) }
            guard named.insert(column).inserted else { throw .repeated(name) }
            headings[column] = String(pair[pair.index(after: equals)...])
        }
        // A column that nobody has named and that may be missing gives way to one that was named.
        var seen: Set<String> = []
        for column in Column.allCases where named.contains(column) || column.isRequired {
            guard seen.insert(heading(of: column)).inserted else { throw .repeated(heading(of: column)) }
        }
    }

    /// The heading under which a column stands in the file.
    public func heading(of column: Column) -> String {
        headings[column] ?? column.heading
    }
}
