/// Bytes that wait to be written; holds no memory when there are none.
struct OutputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    /// So many bytes that were written are kept at most beside those that wait: to move these for less costs more.
    private static let keptBytes = 64 * 1_024

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count - start }
    /// What is held in memory: what waits, and what was written and not yet given back.
    var heldBytes: Int { bytes.count }

    /// Several answers that wait together get so much room at once, instead of a little more for each.
    private static let roomBytes = 16 * 1_024

    mutating func append(_ response: Response, in context: ResponseEncoder.Context, date: HTTPDate) {
        if !bytes.isEmpty, bytes.capacity < Self.roomBytes { bytes.reserveCapacity(Self.roomBytes) }
        ResponseEncoder.append(response, to: &bytes, in: context, date: date)
    }

    /// A piece of a stream, as a chunk or as it is; none that is empty.
    mutating func append(_ piece: [UInt8], asChunk: Bool) {
        if piece.isEmpty { return }
        if asChunk {
            ResponseEncoder.appendChunk(piece, to: &bytes)
        } else {
            bytes.append(contentsOf: piece)
        }
    }

    mutating func appendLastChunk() {
        ResponseEncoder.appendLastChunk(to: &bytes)
    }

    mutating func appendContinue() {
        ResponseEncoder.appendContinue(to: &bytes)
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    }

    /// Forgets the first `count` bytes, which were written.
    mutating func consume(_ count: Int) {
        start += count
        if start == bytes.count {
            removeAll()
        } else if start >= Self.keptBytes, start >= bytes.count / 2 {
            bytes.removeFirst(start)
            start = 0
        }
    }

    mutating func removeAll() {
        bytes = []
        start = 0
    }
}
