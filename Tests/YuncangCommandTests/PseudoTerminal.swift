import Glibc

@testable import yuncang

/// A terminal without a window: what is written to the near end is read back at the far end.
final class PseudoTerminal {
    struct Refused: Error { let errorNumber: CInt }

    private let master: CInt
    let near: CInt

    init(columns: UInt16) throws {
        // glibc hides posix_openpt and its kin from Swift; these are the requests that they make (<asm/ioctls.h>).
        let setLock: UInt = 0x4004_5431
        let openPeer: UInt = 0x5441
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: CInt = 0
        guard master >= 0, ioctl(master, setLock, &locked) == 0 else { throw Refused(errorNumber: errno) }
        let near = ioctl(master, openPeer, O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard near >= 0, ioctl(near, UInt(TIOCSWINSZ), &size) == 0 else { throw Refused(errorNumber: errno) }
        self.master = master
        self.near = near
    }

    deinit {
        close(near)
        close(master)
    }

    /// What was written so far, with the line ends that the terminal makes of `\n`. To be asked once.
    ///
    /// The kernel hands bytes over in its own time, so this waits for a mark that it writes after them.
    func readBack() throws -> String {
        let mark: [UInt8] = [0x04, 0x1A, 0x04]
        try DescriptorSink(descriptor: near).write(mark)
        var all: [UInt8] = []
        while !all.ends(with: mark) {
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(master, &chunk, chunk.count)
            guard count > 0 else { throw Refused(errorNumber: errno) }
            all += chunk.prefix(count)
        }
        return String(decoding: all.dropLast(mark.count), as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate func ends(with mark: [UInt8]) -> Bool {
        count >= mark.count && suffix(mark.count).elementsEqual(mark)
    }
}
