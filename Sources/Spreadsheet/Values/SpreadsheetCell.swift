/// One row of a sheet.
public struct SpreadsheetRow: Hashable, Sendable {
    /// Its number, counted from 1, as the program shows it at the left.
    public let number: Int
    /// Its cells from column A on, as far as there is anything.
    public let cells: [SpreadsheetCell]

    /// A row of these cells.
    public init(number: Int, cells: [SpreadsheetCell]) {
        self.number = number
        self.cells = cells
    }
}

/// What stands in a cell.
public enum SpreadsheetCell: Hashable, Sendable {
    /// Nothing.
    case empty
    /// Text, as it is.
    case text(String)
    /// A number as the program shows it when no format hides digits: 15 significant digits, no exponent.
    case number(String)
    /// A day, a time of day, or both, as its format shows: `2026-11-23`, `16:09:10`, `2026-11-23 16:09:10`.
    case moment(String)
    /// True or false.
    case boolean(Bool)
    /// Something of which the true value is not there.
    case fault(CellFault)

    /// The text by which people know the cell's value.
    public var text: String {
        switch self {
        case .empty: ""
        case .text(let text), .number(let text), .moment(let text): text
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .fault(let fault): fault.text
        }
    }
}

/// A cell of which the true value is not there.
public struct CellFault: Hashable, Sendable {
    /// What is wrong with it.
    public enum Kind: Hashable, Sendable {
        /// A number of more than 15 digits, of which the program has kept 15 and made up the others.
        case roundedNumber
        /// A formula that came to an error, such as #N/A.
        case error
        /// A formula that no program has computed yet.
        case notComputed
        /// A date that the calendar does not have.
        case noSuchDate
    }

    /// Its name, such as `C7`.
    public let reference: String
    /// What is wrong.
    public let kind: Kind
    /// What stands there nevertheless.
    public let text: String

    /// A fault with these fields.
    public init(reference: String, kind: Kind, text: String) {
        self.reference = reference
        self.kind = kind
        self.text = text
    }
}
