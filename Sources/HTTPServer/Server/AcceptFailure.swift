internal import Glibc

/// Why there was no connection to accept (accept(2), "Error handling").
enum AcceptFailure: Equatable {
    case nothingWaits
    /// Only this one connection is lost; the next may be accepted at once.
    case oneConnection
    /// This process, or the machine, has no descriptor left.
    case descriptors
    /// Memory has run out, or something that has no name here: it may pass.
    case system

    init(_ code: Int32) {
        self =
            switch code {
            case EAGAIN, EWOULDBLOCK: .nothingWaits
            case EINTR, ECONNABORTED, EPROTO, ENOPROTOOPT, EPERM, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH,
                ENONET,
                EOPNOTSUPP:
                .oneConnection
            case EMFILE, ENFILE: .descriptors
            default: .system
            }
    }
}
