import Glibc
import Testing

@testable import yuncang

@Suite("Descriptors that a process was started without")
struct StandardDescriptorsTests {
    @Test("one that is missing is occupied by what refuses to be written; one that is there stays")
    func occupied() throws {
        // Far above what tests open.
        let descriptor: CInt = 1_017
        try #require(fcntl(descriptor, F_GETFD) < 0)
        StandardDescriptors.occupy(descriptor, O_RDONLY)
        defer { close(descriptor) }
        #expect(fcntl(descriptor, F_GETFD) >= 0)
        #expect(write(descriptor, "x", 1) == -1 && errno == EBADF)
        let (one, other) = (fcntl(STDOUT_FILENO, F_GETFL), { fcntl(STDOUT_FILENO, F_GETFL) })
        StandardDescriptors.occupy(STDOUT_FILENO, O_RDONLY)
        #expect(one == other())
    }
}
