/// A workbook in a file, .xlsx (ECMA-376), usual or strict: its sheets, and their rows one by one.
///
/// It is read in place, chunk by chunk: what is kept are the texts that cells share, and one row. Every bound is one of
/// ``WorkbookLimits``. Blocks on the file: not for an event loop's thread.
public struct WorkbookFile: ~Copyable {
    /// The first bytes of such a file, and of every other archive.
    public static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    /// A sheet of the workbook.
    public struct Sheet: Hashable, Sendable {
        /// Its name, as its tab shows it.
        public let name: String
        /// Whether the tab is not shown.
        public let isHidden: Bool
        let part: String?
    }

    /// The sheets, in the order of their tabs.
    public let sheets: [Sheet]
    private let archive: ZipArchive
    private let epoch: SerialMoment.Epoch
    private let textsPart: String?
    private let stylesPart: String?

    /// Opens the workbook at `path`.
    public init(path: String, limits: WorkbookLimits = WorkbookLimits()) throws(WorkbookError) {
        let archive = try ZipArchive(path: path, limits: limits)
        let roots = Relationships(of: "", limits: limits)
        guard try archive.read(Relationships.part(of: ""), into: roots), let root = roots.first("officeDocument") else {
            throw archive.entries.values.contains { $0.isEncrypted } ? .encrypted : .notAWorkbook
        }
        guard !root.part.hasSuffix(".bin") else { throw .binaryWorkbook }
        let workbook = WorkbookPart(limits: limits)
        guard try archive.read(root.part, into: workbook) else { throw .damaged }
        guard workbook.isWorkbook else { throw .notAWorkbook }
        let parts = Relationships(of: root.part, limits: limits)
        _ = try archive.read(Relationships.part(of: root.part), into: parts)
        let found = Dictionary(parts.all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let sheets = workbook.sheets.map { sheet in
            let part = found[sheet.relationship].flatMap { $0.kind == "worksheet" ? $0.part : nil }
            return Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part)
        }
        self.sheets = sheets
        textsPart = parts.first("sharedStrings")?.part
        stylesPart = parts.first("styles")?.part
        epoch = workbook.epoch
        self.archive = archive
    }

    /// The sheet of that name, or the first one that is shown and has cells.
    public func sheet(named name: String? = nil) throws(WorkbookError) -> Sheet {
        guard let name else {
            guard let first = sheets.first(where: { !$0.isHidden && $0.part != nil }) else { throw .noSheet }
            return first
        }
        guard let sheet = sheets.first(where: { $0.name == name }) else {
            throw .unknownSheet(name, names: sheets.map(\.name))
        }
        return sheet
    }

    /// Reads the rows that hold anything, from top to bottom, until `row` says that it has enough.
    public func read(_ sheet: Sheet, _ row: (SpreadsheetRow) -> Bool) throws(WorkbookError) {
        guard let part = sheet.part else { throw .notASheetOfCells(sheet.name) }
        let texts = SharedTexts(limits: archive.limits)
        if let textsPart { _ = try archive.read(textsPart, into: texts) }
        let styles = StylesPart(limits: archive.limits)
        if let stylesPart { _ = try archive.read(stylesPart, into: styles) }
        let handler = SheetPart(texts: texts, moments: styles.moments, epoch: epoch, limits: archive.limits)
        let isThere = try archive.read(part, into: handler) { handler.takeRows().allSatisfy(row) }
        guard isThere else { throw .damaged }
    }
}

extension ZipArchive {
    /// Reads a part of XML, until `goesOn`, which is asked after each chunk, says no; false when there is no such part.
    fileprivate func read(
        _ name: String, into handler: any XMLHandler, goesOn: () -> Bool = { true }
    ) throws(WorkbookError) -> Bool {
        guard var part = try part(name) else { return false }
        let reader = XMLReader(handler, limits: limits)
        while let bytes = try next(of: &part) {
            try reader.read(bytes)
            guard goesOn() else { return true }
        }
        try reader.read([], isLast: true)
        return true
    }
}
