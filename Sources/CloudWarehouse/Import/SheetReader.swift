internal import Spreadsheet

/// Reads a sheet from the bytes of a CSV file, chunk by chunk: the good rows, and everything that is wrong.
///
/// It never holds more of the file than the start by which the encoding is told, and then one row.
public struct SheetReader<Kind: Sheet>: ~Copyable {
    /// A good row and where it stands.
    public struct Numbered: Sendable {
        /// The line on which the row starts, counted from 1.
        public let line: Int
        /// The row.
        public let row: Kind.Row
    }

    /// What is wrong so far.
    public private(set) var problems: ImportProblems
    /// The rows that did not come through, up to as many as there may be problems listed. What is no row of cells at all
    /// is only a problem.
    public private(set) var refused: [RawRow] = []
    /// The file's own headings, once they were read.
    public private(set) var headings: [String] = []
    /// Those of them that stand for no column, so that nothing under them is looked at.
    public var unusedHeadings: [String] { layout?.unused ?? [] }
    /// The kind of sheet, after the rows that it has read.
    public private(set) var sheet: Kind
    /// Whether every row so far could be split into its cells: else nobody knows what is missing.
    public private(set) var isWhole = true
    private let mapping: ColumnMapping<Kind.Column>
    private let limits: ImportLimits
    private var decoder: TextDecoder
    private var parser: CSVParser
    private var layout: SheetLayout<Kind.Column>?
    private var rows = 0
    /// Something is wrong that leaves nothing to go on with.
    private var isStopped = false

    /// Whether more rows are of any use.
    var isReading: Bool { !isStopped }

    /// A reader of one file; without an encoding, it is told by the first bytes.
    public init(
        _ sheet: Kind, mapping: ColumnMapping<Kind.Column> = ColumnMapping(), encoding: TextEncoding? = nil,
        limits: ImportLimits = ImportLimits()
    ) {
        self.sheet = sheet
        self.mapping = mapping
        self.limits = limits
        problems = ImportProblems(limit: limits.problems)
        decoder = TextDecoder(encoding, detectionBytes: limits.detectionBytes)
        parser = CSVParser(limits: limits)
    }

    /// What the file is encoded in, once that is known.
    public var encoding: TextEncoding? { decoder.encoding }

    /// Takes the next bytes and gives the good rows that they complete.
    public mutating func read(_ bytes: [UInt8]) -> [Numbered] {
        guard !isStopped else { return [] }
        var text: [UInt8] = []
        do throws(TextDecoder.Failure) {
            try decoder.decode(bytes, into: &text)
            return take(parser.parse(text))
        } catch {
            return stop(error, after: text)
        }
    }

    /// Takes the next row of a workbook's sheet and gives it, if it is good.
    mutating func read(_ row: SpreadsheetRow) -> [Numbered] {
        guard !isStopped else { return [] }
        let record = CSVRecord(row, width: layout?.width)
        guard record.count <= limits.fields else {
            refuse(.rowTooLarge, line: row.number)
            (isStopped, isWhole) = (true, false)
            return []
        }
        return take([.record(record)])
    }

    /// Takes the end of a workbook, and why there is nothing more, if that is not the end of its sheet.
    mutating func finish(_ failure: WorkbookError?) {
        guard !isStopped else { return }
        if let failure {
            isWhole = false
            refuse(.unreadableWorkbook(failure), line: 1)
        } else if layout == nil {
            refuse(.emptyFile, line: 1)
        }
    }

    /// Takes it that the file goes on for longer than is read.
    mutating func stop(beyond bytes: Int) {
        guard !isStopped else { return }
        (isStopped, isWhole) = (true, false)
        refuse(.fileTooLarge(bytesAtMost: bytes), line: parser.line)
    }

    /// Takes the end of the file and gives the good rows that are left.
    public mutating func finish() -> [Numbered] {
        guard !isStopped else { return [] }
        var text: [UInt8] = []
        do throws(TextDecoder.Failure) {
            try decoder.finish(into: &text)
        } catch {
            return stop(error, after: text)
        }
        var rows = take(parser.parse(text))
        if !isStopped, let last = parser.finish() { rows += take([last], isLast: true) }
        if !isStopped, layout == nil { refuse(.emptyFile, line: 1) }
        return rows
    }

    private mutating func take(_ events: [CSVParser.Event], isLast: Bool = false) -> [Numbered] {
        var numbered: [Numbered] = []
        for event in events where !isStopped {
            switch event {
            case .malformed(let line, let reason):
                isWhole = false
                refuse(reason, line: line)
                isStopped = parser.isExhausted || layout == nil
            case .record(let record) where record.isBlank:
                continue
            case .record(let record):
                guard let layout else {
                    start(record)
                    continue
                }
                if let row = row(record, layout, isLast: isLast) {
                    numbered.append(Numbered(line: record.line, row: row))
                }
            }
        }
        return numbered
    }

    private mutating func start(_ header: CSVRecord) {
        headings = header.cells
        if let separator = FieldSeparator(of: headings) {
            refuse(.otherSeparator(separator), line: header.line)
            isStopped = true
            return
        }
        layout = SheetLayout(header: header, mapping: mapping, problems: &problems)
        isStopped = layout == nil
    }

    private mutating func row(
        _ record: CSVRecord, _ layout: SheetLayout<Kind.Column>, isLast: Bool
    ) -> Kind.Row? {
        rows += 1
        guard rows <= limits.rows else {
            refuse(.tooManyRows(atMost: limits.rows), line: record.line)
            (isStopped, isWhole) = (true, false)
            return nil
        }
        guard record.count == layout.width else {
            keep(record)
            isWhole = false
            let isCutShort = isLast && record.count < layout.width
            refuse(
                isCutShort
                    ? .cutShort(fields: record.count, due: layout.width)
                    : .wrongFieldCount(record.count, due: layout.width), line: record.line)
            return nil
        }
        var row = SheetRow(record, layout: layout)
        let value = sheet.read(&row)
        for problem in row.problems { problems.append(problem) }
        if row.problems.isEmpty { return value }
        keep(record)
        return nil
    }

    private mutating func keep(_ record: CSVRecord) {
        if refused.count < limits.problems { refused.append(RawRow(record: record)) }
    }

    private mutating func stop(_ failure: TextDecoder.Failure, after text: [UInt8]) -> [Numbered] {
        let rows = take(parser.parse(text))
        guard !isStopped else { return rows }
        (isStopped, isWhole) = (true, false)
        switch failure {
        case .invalid(let encoding): refuse(.wrongEncoding(encoding), line: parser.line)
        case .unsupported(let encoding): refuse(.unsupportedEncoding(encoding), line: parser.line)
        case .cutShort: refuse(.cutWithinCharacter, line: parser.line)
        case .foreign(let format): refuse(.otherFormat(format), line: 1)
        }
        return rows
    }

    private mutating func refuse(_ reason: ImportProblem.Reason, line: Int) {
        problems.append(ImportProblem(reason, line: line, column: nil))
    }
}
