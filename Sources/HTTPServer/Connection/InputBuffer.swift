/// Bytes that have arrived and are not consumed yet; holds no memory when there are none.
///
/// What arrived together stays together: the heads of its requests share the array, which is never changed under them.
struct InputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    var isEmpty: Bool { start == bytes.count }

    mutating func append(_ arrived: UnsafeRawBufferPointer) {
        if isEmpty {
            bytes = Array(arrived)
            start = 0
            return
        }
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: arrived)
    }

    /// The next event that `parser` finds, its bytes consumed; a body's content is appended to `body`.
    mutating func next(_ parser: inout RequestParser, body: inout [UInt8]) -> RequestParser.Event {
        var consumed = 0
        let event = parser.next(in: bytes, from: start, consumed: &consumed)
        if case .body(let range) = event {
            body.append(contentsOf: bytes[start + range.lowerBound..<start + range.upperBound])
        }
        start += consumed
        if isEmpty { removeAll() }
        return event
    }

    mutating func removeAll() {
        bytes = []
        start = 0
    }
}
