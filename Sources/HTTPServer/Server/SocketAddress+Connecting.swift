internal import Glibc

extension SocketAddress {
    /// A socket that is connected to this address, non-blocking and closed on exec; whoever gets it closes it.
    ///
    /// Waits for the connection: for commands and tests, not for a loop's thread, unless the address is this machine's own.
    package func connected() throws(HTTPServerError) -> Int32 {
        try withNative { native, length throws(HTTPServerError) in
            let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = socket(Int32(native.pointee.sa_family), type, 0)
            guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
            guard connect(descriptor, native, length) == 0 else {
                let code = errno
                close(descriptor)
                throw .system(call: "connect", code: code)
            }
            var enabled: Int32 = 1
            _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &enabled, socklen_t(MemoryLayout<Int32>.size))
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            return descriptor
        }
    }
}
