/// A text as a QR code (ISO/IEC 18004): byte mode, versions 1 to 10, error correction M, which mends 15% of what is covered.
///
/// It is what the pages and the terminal show, so that nobody has to type what a phone can read.
public struct QRCode: Sendable, Equatable {
    /// How many modules wide and high it is, without the light margin of ``margin`` modules that has to surround it.
    public let size: Int
    /// The light modules on each side.
    public static let margin = 4

    private let dark: [Bool]

    /// Encodes UTF-8; nil for what is longer than the 213 bytes of version 10.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
        var matrix = QRMatrix(version: version)
        matrix.place(QRCodewords.interleaved(QRCodewords.data(bytes, in: version), in: version))
        let masked = (0..<8).map { matrix.masked(by: $0) }
        let best = masked.min { QRPenalty.score($0) < QRPenalty.score($1) } ?? matrix
        size = best.size
        dark = best.dark
    }

    /// Whether the module in this column and row is dark; what lies outside is light.
    public subscript(column: Int, row: Int) -> Bool {
        (0..<size).contains(column) && (0..<size).contains(row) && dark[row * size + column]
    }
}
