/// The bounds of reading a sheet.
public struct ImportLimits: Sendable {
    /// Bytes from the start of a file by which its encoding is told.
    public var detectionBytes: Int
    /// Bytes of one row, quotes resolved; an unterminated quote runs into this bound, not into the memory's.
    public var rowBytes: Int
    /// Fields of one row.
    public var fields: Int
    /// Bytes of the file.
    public var fileBytes: Int
    /// Rows of one sheet, the header apart.
    public var rows: Int
    /// Problems listed; the rest is only counted.
    public var problems: Int
    /// Bytes read from a file at a time.
    public var chunkBytes: Int

    /// Bounds that a shop's list or a month of its sales fits into.
    public init(
        detectionBytes: Int = 64 << 10, rowBytes: Int = 64 << 10, fields: Int = 256, rows: Int = 1_000_000,
        problems: Int = 100, chunkBytes: Int = 64 << 10, fileBytes: Int = 1 << 30
    ) {
        self.detectionBytes = detectionBytes
        self.rowBytes = rowBytes
        self.fields = fields
        self.rows = rows
        self.problems = problems
        self.chunkBytes = chunkBytes
        self.fileBytes = fileBytes
    }
}
