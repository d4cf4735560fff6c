public import Spreadsheet

/// One thing that is wrong with a sheet and where it is: facts, which whoever speaks with people words in their language.
public struct ImportProblem: Error, Hashable, Sendable {
    /// The kinds of problems; the raw values are stable, for programs.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case wrongEncoding = "wrong_encoding"
        case otherFormat = "other_format"
        case otherSeparator = "other_separator"
        case unterminatedQuote = "unterminated_quote"
        case strayQuote = "stray_quote"
        case bareCarriageReturn = "bare_carriage_return"
        case rowTooLarge = "row_too_large"
        case tooManyRows = "too_many_rows"
        case fileTooLarge = "file_too_large"
        case emptyFile = "empty_file"
        case unreadableWorkbook = "unreadable_workbook"
        case unreadableCell = "unreadable_cell"
        case missingColumn = "missing_column"
        case repeatedColumn = "repeated_column"
        case wrongFieldCount = "wrong_field_count"
        case truncated = "truncated"
        case emptyField = "empty_field"
        case mangledCode = "mangled_code"
        case repeatedKey = "repeated_key"
        case unknownKey = "unknown_key"
        case differingValue = "differing_value"
        case spoiltOrder = "spoilt_order"
        case invalidValue = "invalid_value"
    }

    /// What is wrong, with what belongs to it.
    public enum Reason: Hashable, Sendable {
        /// The text is not in this encoding.
        case wrongEncoding(TextEncoding)
        /// This system cannot read the encoding.
        case unsupportedEncoding(TextEncoding)
        /// It is another kind of file.
        case otherFormat(ForeignFormat)
        /// Fields are separated by something else than commas.
        case otherSeparator(FieldSeparator)
        /// A quote is opened and never closed.
        case unterminatedQuote
        /// A quote stands within a field.
        case strayQuote
        /// A carriage return without a line feed.
        case bareCarriageReturn
        /// A row has more bytes or fields than are taken.
        case rowTooLarge
        /// The sheet has more rows than are taken.
        case tooManyRows(atMost: Int)
        /// The file has more bytes than are taken.
        case fileTooLarge(bytesAtMost: Int)
        /// There are no rows at all.
        case emptyFile
        /// It is a workbook that cannot be read.
        case unreadableWorkbook(WorkbookError)
        /// The cell of a workbook has no value that can be relied on.
        case unreadableCell(CellFault)
        /// A column is missing; it is mapped by `option=HEADING`, and the file has these headings.
        case missingColumn(option: String, headings: [String])
        /// There are two columns of this heading.
        case repeatedColumn
        /// The row has so many fields where the header has others.
        case wrongFieldCount(Int, due: Int)
        /// The last row has fewer fields than the header.
        case cutShort(fields: Int, due: Int)
        /// The file ends in the midst of a character.
        case cutWithinCharacter
        /// The cell is empty.
        case emptyField
        /// A spreadsheet has made a number of the code.
        case mangledCode
        /// The code stands in an earlier line.
        case repeatedCode(firstLine: Int)
        /// The catalog has no such SKU.
        case unknownCode(SKUCode)
        /// The cell says something else than that of an earlier line of the same order.
        case differs(firstLine: Int)
        /// Another line of the same order is wrong, so that the order is not placed.
        case spoilt(byLine: Int)
        /// The cell's value breaks a rule.
        case invalid(InvalidValue)
    }

    /// What is wrong.
    public var reason: Reason
    /// The line of the file, counted from 1; a row with line breaks in quotes counts from its first.
    public var line: Int
    /// The heading of the column, as it stands in the file; nil when the whole row or file is meant.
    public var column: String?

    /// A problem at this place.
    public init(_ reason: Reason, line: Int, column: String?) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// The kind of problem, for programs.
    public var code: Code {
        switch reason {
        case .wrongEncoding, .unsupportedEncoding: .wrongEncoding
        case .otherFormat(.utf16): .wrongEncoding
        case .otherFormat: .otherFormat
        case .otherSeparator: .otherSeparator
        case .unterminatedQuote: .unterminatedQuote
        case .strayQuote: .strayQuote
        case .bareCarriageReturn: .bareCarriageReturn
        case .rowTooLarge: .rowTooLarge
        case .tooManyRows: .tooManyRows
        case .fileTooLarge: .fileTooLarge
        case .emptyFile: .emptyFile
        case .unreadableWorkbook: .unreadableWorkbook
        case .unreadableCell: .unreadableCell
        case .missingColumn: .missingColumn
        case .repeatedColumn: .repeatedColumn
        case .wrongFieldCount: .wrongFieldCount
        case .cutShort, .cutWithinCharacter: .truncated
        case .emptyField: .emptyField
        case .mangledCode: .mangledCode
        case .repeatedCode: .repeatedKey
        case .unknownCode: .unknownKey
        case .differs: .differingValue
        case .spoilt: .spoiltOrder
        case .invalid: .invalidValue
        }
    }
}
