/// Bytes that wait to be written; holds no memory when there are none.
struct OutputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count - start }

    mutating func append(_ response: Response, in context: ResponseEncoder.Context, date: HTTPDate) {
        ResponseEncoder.append(response, to: &bytes, in: context, date: date)
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
        if start == bytes.count { removeAll() }
    }

    mutating func removeAll() {
        bytes = []
        start = 0
    }
}
