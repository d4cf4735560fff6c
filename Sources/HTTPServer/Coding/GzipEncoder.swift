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

    private let place: GzipPlaces.Place?

    /// Takes a quarter of a megabyte until it goes away; nil where there is no memory for that, or another zlib than this was
    /// built with.
    ///
    /// - Parameter place: What it takes up among the coders that there may be, and gives back with its memory.
    init?(at place: GzipPlaces.Place? = nil) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_gzip_init(stream, Self.level) == Z_OK else {
            stream.deallocate()
            return nil
        }
        (self.stream, self.place) = (stream, place)
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// A whole content at once; nil where there is no memory to do it in.
    static func compress(_ content: [UInt8]) -> [UInt8]? {
        GzipEncoder()?.encode(content, isLast: true)
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
