import Crypto
import Postgres

/// One row of the audit log as a seal knows it.
struct AuditContent: Hashable, Sendable {
    /// Which row.
    let id: ID<AuditEntry>
    /// SHA-256 of what stands in it, its id apart, so that a row under another's id is known again.
    let digest: Bytea
}

/// What a run of rows of the audit log was at one moment, chained with the seal before it.
struct Seal: Sendable {
    /// The digest before the first seal's.
    static let origin = Bytea([UInt8](repeating: 0, count: 32))

    /// From 1 on, without gaps.
    let number: Int64
    /// The rows' ids from the first to the last.
    let range: ClosedRange<ID<AuditEntry>>
    /// How many rows it says it holds.
    let count: Int32
    /// The rows in the order of their ids, as they are stored.
    let contents: Bytea
    /// As it is stored; ``isGenuine(after:)`` says whether it is right.
    let digest: Bytea
    /// By the database's clock.
    let sealedAt: Timestamp

    /// A seal as it is stored.
    init(
        number: Int64, range: ClosedRange<ID<AuditEntry>>, count: Int32, contents: Bytea, digest: Bytea,
        sealedAt: Timestamp
    ) {
        self.number = number
        self.range = range
        self.count = count
        self.contents = contents
        self.digest = digest
        self.sealedAt = sealedAt
    }

    /// Seals these rows, of which there must be one at least, after the seal of that mark.
    init(_ rows: [AuditContent], after previous: SealMark?, at instant: Timestamp) {
        let contents = Bytea(rows.flatMap { Self.bytes(of: $0.id) + $0.digest.bytes })
        let number = (previous?.number ?? 0) + 1
        self.init(
            number: number, range: rows[0].id...rows[rows.count - 1].id, count: Int32(rows.count), contents: contents,
            digest: Self.digest(of: contents, number: number, at: instant, after: previous?.digest ?? Self.origin),
            sealedAt: instant)
    }

    /// Whether the digest is that of the contents after a seal with this digest, and the other columns say the same.
    func isGenuine(after previous: Bytea) -> Bool {
        let rows = rows
        return digest == Self.digest(of: contents, number: number, at: sealedAt, after: previous)
            && rows.first?.id == range.lowerBound && rows.last?.id == range.upperBound && rows.count == count
    }

    /// The rows that it holds.
    var rows: [AuditContent] {
        stride(from: 0, through: contents.bytes.count - Self.bytesPerRow, by: Self.bytesPerRow).map { start in
            let id = contents.bytes[start..<start + 16].withUnsafeBytes { try? ID<AuditEntry>(binary: $0) }
            guard let id else { preconditionFailure("sixteen bytes are no UUID") }
            return AuditContent(id: id, digest: Bytea(Array(contents.bytes[start + 16..<start + Self.bytesPerRow])))
        }
    }

    private static let bytesPerRow = 48

    private static func bytes(of id: ID<AuditEntry>) -> [UInt8] {
        var bytes: [UInt8] = []
        id.encode(into: &bytes)
        return bytes
    }

    private static func digest(of contents: Bytea, number: Int64, at instant: Timestamp, after previous: Bytea) -> Bytea
    {
        var hash = SHA256()
        hash.update(data: previous.bytes)
        for value in [number, instant.microsecondsSince1970] {
            withUnsafeBytes(of: value.bigEndian) { hash.update(bufferPointer: $0) }
        }
        hash.update(data: contents.bytes)
        return Bytea(Array(hash.finalize()))
    }
}
