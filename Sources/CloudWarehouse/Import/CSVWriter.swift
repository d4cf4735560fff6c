/// Writes rows as CSV (RFC 4180): UTF-8, lines ended by CRLF, quotes where they are needed.
///
/// A spreadsheet takes a cell that begins with `= + - @`, a tab or a carriage return for a formula, so such a cell gets
/// an apostrophe before it. Negative numbers are let pass.
public struct CSVWriter: Sendable {
    /// What was written so far.
    public private(set) var text = ""

    /// Nothing yet.
    public init() {}

    /// Adds one row.
    public mutating func append(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    static func cell(_ text: String) -> String {
        let safe = isFormula(text) ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return false }
        let digits = text.dropFirst()
        let isNegativeNumber =
            first == "-" && !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
        return !isNegativeNumber
    }
}
