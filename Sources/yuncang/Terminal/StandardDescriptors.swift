internal import Glibc

/// The descriptors that a process is started with, as `serve >&-` starts one without.
///
/// A descriptor that is missing would be given to the next socket or file, and what is meant for people would go there.
enum StandardDescriptors {
    /// Puts something in the place of those that are missing, which refuses to be read or written as they would.
    static func occupy() {
        occupy(STDIN_FILENO, O_WRONLY)
        occupy(STDOUT_FILENO, O_RDONLY)
        occupy(STDERR_FILENO, O_RDONLY)
    }

    static func occupy(_ descriptor: CInt, _ mode: CInt) {
        guard fcntl(descriptor, F_GETFD) < 0, errno == EBADF else { return }
        let opened = open("/dev/null", mode)
        guard opened >= 0, opened != descriptor else { return }
        dup2(opened, descriptor)
        close(opened)
    }
}
