internal import Glibc

/// The file that a Unix-domain socket is found by; removed in the end, unless somebody has put another in its place.
struct SocketFile: ~Copyable {
    private struct Identity: Equatable {
        let device: dev_t
        let number: ino_t
    }

    private let path: String
    private let identity: Identity?

    private init(path: String) {
        self.path = path
        identity = Self.identity(path)
    }

    /// Binds the socket to the path and listens. What somebody has left there who is not there any more is replaced.
    ///
    /// Nobody else may be between these steps: one who has bound and does not listen yet looks as if he had gone. So all who
    /// start lock the folder.
    static func listening(
        with socket: borrowing Socket, at address: UnixAddress, backlog: Int
    ) throws(HTTPServerError) -> SocketFile {
        let descriptor = open(folder(of: address.path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(call: "open", code: errno) }
        // Which gives the lock back.
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .socketInUse(address) }
        var code = try bind(socket, to: address)
        if code == EADDRINUSE {
            try removeAbandoned(address)
            code = try bind(socket, to: address)
        }
        guard code == 0 else {
            throw code == EADDRINUSE ? .socketInUse(address) : .system(call: "bind", code: code)
        }
        let file = SocketFile(path: address.path)
        guard chmod(address.path, mode_t(address.mode)) == 0 else { throw .system(call: "chmod", code: errno) }
        guard listen(socket.descriptor, Int32(clamping: backlog)) == 0 else {
            throw .system(call: "listen", code: errno)
        }
        return file
    }

    deinit {
        if identity != nil, Self.identity(path) == identity { unlink(path) }
    }

    private static func folder(of path: String) -> String {
        let end = path.utf8.lastIndex(of: ASCII.slash) ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    private static func bind(_ socket: borrowing Socket, to address: UnixAddress) throws(HTTPServerError) -> Int32 {
        let descriptor = socket.descriptor
        return try address.withNative { native, length throws(HTTPServerError) in
            Glibc.bind(descriptor, native, length) == 0 ? 0 : errno
        }
    }

    /// Removes a socket that nobody listens at.
    private static func removeAbandoned(_ address: UnixAddress) throws(HTTPServerError) {
        var found = stat()
        guard lstat(address.path, &found) == 0 else { return }
        guard found.st_mode & S_IFMT == S_IFSOCK else { throw .pathTaken(address) }
        guard try address.connecting(with: Socket.unix()) == ECONNREFUSED else { throw .socketInUse(address) }
        guard unlink(address.path) == 0 || errno == ENOENT else { throw .system(call: "unlink", code: errno) }
    }

    private static func identity(_ path: String) -> Identity? {
        var found = stat()
        guard lstat(path, &found) == 0 else { return nil }
        return Identity(device: found.st_dev, number: found.st_ino)
    }
}

extension Socket {
    /// A non-blocking socket for a path.
    static func unix() throws(HTTPServerError) -> Socket {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        return Socket(owning: descriptor)
    }
}

extension UnixAddress {
    /// What connecting comes to: 0 or an errno.
    fileprivate func connecting(with socket: consuming Socket) throws(HTTPServerError) -> Int32 {
        let descriptor = socket.descriptor
        let code = try withNative { native, length throws(HTTPServerError) in
            connect(descriptor, native, length) == 0 ? 0 : errno
        }
        _ = consume socket
        return code
    }

    /// Calls `body` with the address as the kernel wants it.
    func withNative<Result: ~Copyable>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws(HTTPServerError) -> Result
    ) throws(HTTPServerError) -> Result {
        var native = sockaddr_un()
        native.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        // The last byte is a NUL, by which other programs know the end.
        guard bytes.first == ASCII.slash, !bytes.contains(0), bytes.count < MemoryLayout.size(ofValue: native.sun_path)
        else { throw .malformedAddress(path) }
        withUnsafeMutableBytes(of: &native.sun_path) { $0.copyBytes(from: bytes) }
        return try withNativePointer(to: native, body)
    }

    private func withNativePointer<Result: ~Copyable>(
        to native: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(HTTPServerError) -> Result
    ) throws(HTTPServerError) -> Result {
        try withUnsafePointer(to: native) { pointer throws(HTTPServerError) in
            // Every socket address begins with its family, which is all that a sockaddr says for sure.
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { native throws(HTTPServerError) in
                try body(native, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
