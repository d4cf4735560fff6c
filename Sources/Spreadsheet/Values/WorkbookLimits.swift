/// The bounds of reading a workbook. What is kept in memory is the texts that cells share and one row.
public struct WorkbookLimits: Sendable {
    /// Bytes of the file.
    public var fileBytes = 64 << 20
    /// Files in the archive.
    public var entries = 4_096
    /// Bytes of one part, unpacked.
    public var partBytes = 512 << 20
    /// How many times larger a part may be unpacked, once it is past ``ratioFreeBytes``. Rows that are all alike, the most
    /// that a shop could send, unpack to about a hundred times.
    public var unpackingRatio = 300
    /// A part of fewer bytes may be packed as tightly as can be.
    public var ratioFreeBytes = 4 << 20
    /// Different texts.
    public var texts = 2_000_000
    /// Bytes of all different texts.
    public var textBytes = 64 << 20
    /// Bytes of one cell: Excel has at most 32,767 characters.
    public var cellBytes = 128 << 10
    /// Columns that hold anything.
    public var columns = 1_024
    /// Rows: all that Excel has.
    public var rows = 1_048_576
    /// Bytes of one tag.
    public var tokenBytes = 1 << 20
    /// Elements within elements.
    public var depth = 64
    /// Formats of cells: Excel has at most 65,490.
    public var formats = 70_000
    /// Bytes read or unpacked at a time.
    public var chunkBytes = 64 << 10

    /// Bounds that a shop's month of orders fits into.
    public init() {}
}
