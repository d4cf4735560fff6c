import Glibc

/// Turns GB18030 into UTF-8, with the C library's `iconv`.
struct GB18030Converter: ~Copyable {
    enum Failure: Error {
        /// The system has no table for GB18030 (glibc keeps it as a module of its own).
        case unsupported
        /// These bytes are no GB18030; so many bytes before them are.
        case invalid(converted: Int)
    }

    private let descriptor: iconv_t

    init() throws(Failure) {
        guard let descriptor = iconv_open("UTF-8", "GB18030"), descriptor != iconv_t(bitPattern: -1) else {
            throw .unsupported
        }
        self.descriptor = descriptor
    }

    deinit {
        iconv_close(descriptor)
    }

    /// Appends the text of as many whole characters as there are, and tells how many bytes they took.
    ///
    /// An incomplete character at the end, at most three bytes, is left for the next call. What is valid before an
    /// invalid byte is appended too.
    mutating func convert(_ bytes: [UInt8], into text: inout [UInt8]) throws(Failure) -> Int {
        var consumed = 0
        while consumed < bytes.count {
            // A character of two bytes becomes three, one of four becomes four at most.
            let (read, written, cause) = step(
                bytes, from: consumed, into: &text, room: (bytes.count - consumed) * 2 + 8)
            consumed += read
            switch cause {
            case nil: return consumed
            case E2BIG where read > 0 || written > 0: continue
            case EINVAL: return consumed
            default: throw .invalid(converted: consumed)
            }
        }
        return consumed
    }

    private func step(
        _ bytes: [UInt8], from start: Int, into text: inout [UInt8], room: Int
    ) -> (read: Int, written: Int, cause: CInt?) {
        var cause: CInt?
        var read = 0
        let converted = [UInt8](unsafeUninitializedCapacity: room) { output, written in
            bytes[start...].withUnsafeBytes { input in
                // iconv takes its input through a mutable pointer for historical reasons and does not write to it.
                var source = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var sourceLeft = input.count
                var target = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var targetLeft = room
                if iconv(descriptor, &source, &sourceLeft, &target, &targetLeft) == Int(bitPattern: UInt.max) {
                    cause = errno
                }
                read = input.count - sourceLeft
                written = room - targetLeft
            }
        }
        text.append(contentsOf: converted)
        return (read, converted.count, cause)
    }
}
