internal import Glibc

/// What an errno means for a transfer, and in words.
enum SystemErrors {
    /// The system's sentence for an errno.
    static func text(_ code: Int32) -> String {
        String(cString: strerror(code))
    }

    /// Whether a non-blocking call has merely nothing to do now.
    static func meansLater(_ code: Int32) -> Bool {
        code == EAGAIN || code == EWOULDBLOCK || code == EINTR
    }
}
