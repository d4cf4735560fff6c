/// One thing that is wrong with a sheet, where it is, and what to do about it.
public struct ImportProblem: Error, Hashable, Sendable {
    /// The kinds of problems; the raw values are stable, for programs.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case wrongEncoding = "wrong_encoding"
        case unterminatedQuote = "unterminated_quote"
        case strayQuote = "stray_quote"
        case bareCarriageReturn = "bare_carriage_return"
        case rowTooLarge = "row_too_large"
        case tooManyRows = "too_many_rows"
        case emptyFile = "empty_file"
        case missingColumn = "missing_column"
        case repeatedColumn = "repeated_column"
        case wrongFieldCount = "wrong_field_count"
        case truncated = "truncated"
        case emptyField = "empty_field"
        case mangledCode = "mangled_code"
        case repeatedKey = "repeated_key"
        case unknownKey = "unknown_key"
        case invalidValue = "invalid_value"
    }

    /// What is wrong.
    public var code: Code
    /// The line of the file, counted from 1; a row with line breaks in quotes counts from its first.
    public var line: Int
    /// The heading of the column, as it stands in the file; nil when the whole row or file is meant.
    public var column: String?
    /// What is wrong and what would be right, for a person.
    public var message: String
}

extension ImportProblem: CustomStringConvertible {
    /// `line 812, column 销量(千克): …`, without characters that a terminal would obey.
    public var description: String {
        let place = column.map { "line \(line), column \($0): " } ?? "line \(line): "
        return (place + message).withoutControls
    }
}

extension String {
    /// The text with each control character replaced, since cells and headings come from anywhere.
    fileprivate var withoutControls: String {
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
