internal import Glibc

/// What an errno means for accepting connections, and in words.
enum SystemErrors {
    /// The system's sentence for an errno.
    static func text(_ code: Int32) -> String {
        String(cString: strerror(code))
    }

    /// Whether only this one connection is lost, and the next may be accepted at once (accept(2), "Error handling").
    static func concernsOneConnection(_ code: Int32) -> Bool {
        switch code {
        case EINTR, ECONNABORTED, EPROTO, ENOPROTOOPT, EPERM, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET,
            EOPNOTSUPP:
            true
        default: false
        }
    }

    /// Whether a non-blocking call has merely nothing to do now.
    static func meansLater(_ code: Int32) -> Bool {
        code == EAGAIN || code == EWOULDBLOCK || code == EINTR
    }
}
