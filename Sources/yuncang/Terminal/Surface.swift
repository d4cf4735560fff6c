/// What text is laid out for: a terminal of some width, or a pipe without one.
struct Surface: Sendable, Equatable {
    /// Columns of the terminal; nil in a pipe, where nothing is cut.
    var columns: Int?
    /// How wide characters are.
    var width = DisplayWidth()
    /// Whether and how text is coloured.
    var style = Style.plain

    /// A pipe or a file: no end of the line, no colours.
    static let pipe = Surface(columns: nil)

    /// Columns for running text, which is hard to read when lines are long.
    var columnsForProse: Int { min(columns ?? 80, 100) }
}
