/// Why a workbook cannot be read: facts, which whoever speaks with people words in their language.
public enum WorkbookError: Error, Hashable, Sendable {
    /// The file cannot be read at all; the system's number for what went wrong.
    case unreadable(code: CInt)
    /// It is no archive, or is cut short, or its bytes are not what its own sums say.
    case damaged
    /// It is an archive of something else: a text document, a drawing.
    case notAWorkbook
    /// It is a workbook of the binary kind, .xlsb.
    case binaryWorkbook
    /// A part of it is encrypted.
    case encrypted
    /// A part of it is packed in a way that no spreadsheet program uses.
    case otherCompression
    /// One of its parts declares a document type, which may bring entities with it: no spreadsheet program writes one.
    case documentType
    /// It is larger, in this respect, than is read.
    case tooLarge(Bound, atMost: Int)
    /// There is no sheet that is shown.
    case noSheet
    /// It has no sheet of this name, but these.
    case unknownSheet(String, names: [String])
    /// The sheet of this name has no cells: it is a chart.
    case notASheetOfCells(String)

    /// What there may only be so much of.
    public enum Bound: String, CaseIterable, Hashable, Sendable {
        /// Bytes of the file.
        case fileBytes = "file_bytes"
        /// Bytes of one part of it, unpacked.
        case partBytes = "part_bytes"
        /// How many times larger a part is when unpacked: more is a file made to burst.
        case unpackingRatio = "unpacking_ratio"
        /// Files in the archive.
        case entries
        /// Different texts.
        case texts
        /// Bytes of all different texts.
        case textBytes = "text_bytes"
        /// Bytes of one cell.
        case cellBytes = "cell_bytes"
        /// Columns that hold anything.
        case columns
        /// Rows.
        case rows
        /// Bytes of one piece of XML: a tag, an attribute.
        case tokenBytes = "token_bytes"
        /// Elements within elements.
        case depth
        /// Formats of cells.
        case formats
    }
}
