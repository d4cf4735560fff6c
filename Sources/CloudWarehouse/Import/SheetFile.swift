import Glibc
internal import Spreadsheet

/// A file that holds a sheet: the shell around `SheetReader`.
public struct SheetFile: Sendable {
    /// The file cannot be read at all.
    public struct Failure: Error, Hashable, Sendable {
        /// Where the file should be.
        public let path: String
        /// The system's number for what went wrong.
        public let code: CInt
    }

    /// The good rows of a file and what is wrong with the others.
    public struct Contents<Kind: Sheet>: Sendable {
        /// In the order of the file.
        public let rows: [SheetReader<Kind>.Numbered]
        /// The rows that are not, as they stand in the file.
        public let refused: [RawRow]
        /// The file's own headings.
        public let headings: [String]
        /// Those of them that stand for no column, so that nothing under them was looked at.
        public let unusedHeadings: [String]
        /// Empty when every row is good.
        public let problems: ImportProblems
        /// What the file is encoded in; nil for a workbook.
        public let encoding: TextEncoding?
        /// The kind of sheet, after all rows.
        public let sheet: Kind
        /// Whether every row could be split into its cells: else nobody knows what is missing.
        public let isWhole: Bool

        init(_ rows: [SheetReader<Kind>.Numbered], of reader: borrowing SheetReader<Kind>) {
            self.rows = rows
            refused = reader.refused
            headings = reader.headings
            unusedHeadings = reader.unusedHeadings
            problems = reader.problems
            encoding = reader.encoding
            sheet = reader.sheet
            isWhole = reader.isWhole
        }
    }

    /// Where the file is.
    public let path: String

    /// The file at `path`.
    public init(path: String) {
        self.path = path
    }

    /// Reads the whole sheet, in chunks, whether the file is CSV or a workbook, which its first bytes tell. Blocks on the
    /// file: not for an event loop's thread.
    ///
    /// - Parameter name: Which sheet of a workbook; nil for the first one that is shown.
    public func read<Kind: Sheet>(
        _ sheet: Kind, mapping: ColumnMapping<Kind.Column> = ColumnMapping(), encoding: TextEncoding? = nil,
        named name: String? = nil, limits: ImportLimits = ImportLimits()
    ) throws(Failure) -> Contents<Kind> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var reader = SheetReader(sheet, mapping: mapping, encoding: encoding, limits: limits)
        var rows: [SheetReader<Kind>.Numbered] = []
        var bytes = 0
        while let chunk = try chunk(of: descriptor, limits.chunkBytes) {
            if bytes == 0, chunk.starts(with: WorkbookFile.signature) {
                rows = readWorkbook(named: name, limits, into: &reader)
                return Contents(rows, of: reader)
            }
            bytes += chunk.count
            guard bytes <= limits.fileBytes else {
                reader.stop(beyond: limits.fileBytes)
                break
            }
            rows += reader.read(chunk)
        }
        rows += reader.finish()
        return Contents(rows, of: reader)
    }

    private func readWorkbook<Kind: Sheet>(
        named name: String?, _ limits: ImportLimits, into reader: inout SheetReader<Kind>
    ) -> [SheetReader<Kind>.Numbered] {
        var bounds = WorkbookLimits()
        bounds.fileBytes = min(bounds.fileBytes, limits.fileBytes)
        var rows: [SheetReader<Kind>.Numbered] = []
        var failure: WorkbookError?
        do throws(WorkbookError) {
            let file = try WorkbookFile(path: path, limits: bounds)
            try file.read(try file.sheet(named: name)) { row in
                rows += reader.read(row)
                return reader.isReading
            }
        } catch {
            failure = error
        }
        reader.finish(failure)
        return rows
    }

    /// The next bytes; nil at the end of the file.
    private func chunk(of descriptor: CInt, _ size: Int) throws(Failure) -> [UInt8]? {
        while true {
            var received = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                received = Glibc.read(descriptor, buffer.baseAddress, size)
                count = max(received, 0)
            }
            if received > 0 { return chunk }
            if received == 0 { return nil }
            if errno != EINTR { throw failure() }
        }
    }

    private func failure() -> Failure {
        Failure(path: path, code: errno)
    }
}
