/// The cells of a sheet, row by row.
final class SheetPart: XMLHandler {
    private let texts: SharedTexts
    private let moments: [MomentFormat?]
    private let epoch: SerialMoment.Epoch
    private let limits: WorkbookLimits
    private var rows: [SpreadsheetRow] = []
    private var row = 0
    private var cells: [SpreadsheetCell] = []
    private var isInSheet = false
    private var open: OpenCell?
    private var text = RichText()
    /// Columns of the row so far, empty ones among them.
    private var column = 0

    /// A cell that has begun and not ended.
    private struct OpenCell {
        let reference: CellReference
        let kind: CellContent.Kind
        let style: Int
        var hasFormula = false
        var isInValue = false
    }

    init(texts: SharedTexts, moments: [MomentFormat?], epoch: SerialMoment.Epoch, limits: WorkbookLimits) {
        self.texts = texts
        self.moments = moments
        self.epoch = epoch
        self.limits = limits
    }

    /// The rows that are complete, each given once.
    func takeRows() -> [SpreadsheetRow] {
        defer { rows.removeAll(keepingCapacity: true) }
        return rows
    }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard name.vocabulary == .spreadsheet else { return }
        switch name.local {
        case "sheetData": isInSheet = true
        case "row" where isInSheet: try beginRow(attributes)
        case "c" where row > 0: try beginCell(attributes)
        case "v": open?.isInValue = true
        case "f": open?.hasFormula = true
        default: if open != nil { text.begin(name.local) }
        }
    }

    private func beginRow(_ attributes: XMLAttributes) throws(WorkbookError) {
        let number: Int
        if let written = attributes["r"] {
            guard let read = Int(written), read > row else { throw .damaged }
            number = read
        } else {
            number = row + 1
        }
        guard number <= limits.rows else { throw .tooLarge(.rows, atMost: limits.rows) }
        row = number
        column = 0
        cells.removeAll(keepingCapacity: true)
    }

    private func beginCell(_ attributes: XMLAttributes) throws(WorkbookError) {
        guard open == nil else { throw .damaged }
        var reference = CellReference(column: column, row: row)
        if let written = attributes["r"] {
            guard let read = CellReference(written), read.row == row, read.column >= column else { throw .damaged }
            reference = read
        }
        guard reference.column < CellReference.columns, let kind = CellContent.Kind(rawValue: attributes["t"] ?? "n")
        else { throw .damaged }
        column = reference.column + 1
        open = OpenCell(reference: reference, kind: kind, style: attributes["s"].flatMap { Int($0) } ?? 0)
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        guard let open, open.isInValue || text.isOpen else { return }
        try text.append(bytes, limits: limits)
    }

    func end(_ name: XMLName) throws(WorkbookError) {
        guard name.vocabulary == .spreadsheet else { return }
        switch name.local {
        case "sheetData": isInSheet = false
        case "row" where isInSheet: endRow()
        case "c": try endCell()
        case "v": open?.isInValue = false
        default: if open != nil { text.end(name.local) }
        }
    }

    private func endCell() throws(WorkbookError) {
        guard let closed = open else { return }
        open = nil
        let content = CellContent(
            reference: closed.reference, kind: closed.kind, style: closed.style, hasFormula: closed.hasFormula,
            text: text.take())
        guard let cell = content.cell(texts: texts, moments: moments, epoch: epoch) else { throw .damaged }
        guard cell != .empty else { return }
        guard closed.reference.column < limits.columns else { throw .tooLarge(.columns, atMost: limits.columns) }
        while cells.count < closed.reference.column { cells.append(.empty) }
        cells.append(cell)
    }

    private func endRow() {
        if !cells.isEmpty { rows.append(SpreadsheetRow(number: row, cells: cells)) }
    }
}
