internal import CZlib

/// Compresses one content piece by piece, in gzip's frame (RFC 1952).
///
/// Lives in the isolation of its server, as the machine that it is a part of does.
final class GzipEncoder {
    /// Of zlib's nine: on this project's JSON and CSV, a third of the time of the usual 6 for a tenth more bytes.
    private static var level: CInt { 2 }
    private static var roomBytes: Int { 16 * 1_024 }

    // zlib keeps a pointer to the stream in its own state: it must not move, so it is allocated.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Takes a quarter of a megabyte until it goes away.
    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = czlib_gzip_init(stream, Self.level)
        precondition(code == Z_OK, "deflateInit2: \(code), which means that there is no memory or another zlib")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// A whole content at once.
    static func compress(_ content: [UInt8]) -> [UInt8] {
        GzipEncoder().encode(content, isLast: true)
    }

    /// What there is to be sent after `piece`: nothing as a rule, until enough has gathered; all of it after the last.
    func encode(_ piece: [UInt8], isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        piece.withUnsafeBufferPointer { input in
            // zlib reads the input and never writes it; its declaration does not say so.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = uInt(input.count)
            repeat {
                appendRoom(to: &output, flush: isLast ? Z_FINISH : Z_NO_FLUSH)
            } while stream.pointee.avail_out == 0
            stream.pointee.next_in = nil
        }
        return output
    }

    /// Lets zlib write into new room at the end of `output`.
    private func appendRoom(to output: inout [UInt8], flush: CInt) {
        let room = [UInt8](unsafeUninitializedCapacity: Self.roomBytes) { buffer, count in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = uInt(buffer.count)
            let code = deflate(stream, flush)
            precondition(code != Z_STREAM_ERROR, "deflate's state is inconsistent")
            count = buffer.count - Int(stream.pointee.avail_out)
        }
        output += room
    }
}
