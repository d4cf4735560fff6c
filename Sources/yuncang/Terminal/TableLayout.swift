/// Decides how wide a table's columns are.
struct TableLayout {
    /// Spaces between columns.
    static let gap = 2
    /// No column of words is cut below this, so that something of it can still be read.
    static let narrowest = 8

    /// The table.
    let table: Table
    /// How wide characters are.
    let width: DisplayWidth

    /// The columns' widths: natural, or cut to stay within `limit` as far as words allow.
    func widths(within limit: Int?) -> [Int] {
        var widths = naturalWidths()
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - limit
        while excess > 0, let widest = widestCuttable(widths) {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func naturalWidths() -> [Int] {
        table.columns.indices.map { index in
            ([table.columns[index].title] + table.rows.map { $0[index] })
                .map { width.columns(of: $0.text) }
                .max() ?? 0
        }
    }

    /// The widest column of words above the narrowest width; of equals the last, since the first ones name the row.
    private func widestCuttable(_ widths: [Int]) -> Int? {
        table.columns.indices
            .filter { table.columns[$0].mayBeCut && widths[$0] > Self.narrowest }
            .max { widths[$0] <= widths[$1] && $0 < $1 || widths[$0] < widths[$1] }
    }
}
