internal import Glibc
internal import HTTPServer

/// Whether this user may open as many files as a server under load needs: each client and each connection is one.
struct OpenFilesCheck: Sendable {
    /// What the kernel allows a process that is started now.
    let limit: UInt64
    /// How many `serve` can come to need.
    let wanted: UInt64

    /// Files that are neither clients nor connections: listeners, epoll, pipes, the standard streams.
    private static let others = 64

    /// A check of this process's own limit, which a server started from the same shell would have.
    static func ofThisProcess(connections: Int) -> OpenFilesCheck {
        var limits = rlimit()
        let code = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        precondition(code == 0, "getrlimit: errno \(errno)")
        return OpenFilesCheck(
            limit: UInt64(limits.rlim_cur), wanted: UInt64(HTTPServer.Limits().connections + connections + others))
    }

    /// Fewer is no problem until that many clients come: those beyond are made to wait.
    var diagnosis: Diagnosis {
        guard limit < wanted else {
            return Diagnosis(.openFiles, .ok, found: Text(en: "up to \(limit)", zh: "最多 \(limit)"))
        }
        return Diagnosis(
            .openFiles, .warning,
            found: Text(
                en: "up to \(limit); with all the clients that it admits, serve needs \(wanted)",
                zh: "最多 \(limit)；客户端达到上限时 serve 需要 \(wanted)"),
            remedy: Text(
                en: "raise the limit: ulimit -n \(wanted), or LimitNOFILE=\(wanted) in the systemd unit",
                zh: "调大上限：ulimit -n \(wanted)，或在 systemd 单元中设 LimitNOFILE=\(wanted)"))
    }
}
