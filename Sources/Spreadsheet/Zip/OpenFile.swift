import Glibc

/// A file that is open for reading, and closed when it goes away.
struct OpenFile: ~Copyable {
    private let descriptor: CInt

    init(path: String) throws(WorkbookError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(code: errno) }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// How many bytes it has.
    func size() throws(WorkbookError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(code: errno) }
        return Int(status.st_size)
    }

    /// So many bytes from that place on: all of them, or the file has become shorter.
    func read(at offset: Int, _ count: Int) throws(WorkbookError) -> [UInt8] {
        var code: CInt?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let received = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if received > 0 {
                    filled += received
                } else if received == 0 {
                    return
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        if let code { throw .unreadable(code: code) }
        guard bytes.count == count else { throw .damaged }
        return bytes
    }
}
