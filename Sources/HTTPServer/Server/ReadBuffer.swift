/// The buffer that all reads of one loop go into; a connection keeps only what it could not consume at once.
final class ReadBuffer {
    /// As much as one read takes: enough for a thousand pipelined requests, or a body in few reads.
    private static var byteCount: Int { 64 * 1_024 }

    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)

    deinit {
        bytes.deallocate()
    }
}
