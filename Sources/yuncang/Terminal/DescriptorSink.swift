internal import Glibc

/// Writes to a file descriptor, which stays the caller's to close.
struct DescriptorSink: TextSink {
    /// Standard output or standard error, or a terminal in tests.
    let descriptor: CInt

    /// Writes everything, through short writes, signals, and a terminal that someone else made non-blocking.
    func write(_ bytes: [UInt8]) throws(SinkFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitUntilWritable()
            case let number: throw SinkFailure(errorNumber: number)
            }
        }
    }

    private func waitUntilWritable() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
    }
}
