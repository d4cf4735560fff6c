internal import EventLoop
internal import Glibc
public import Logging
internal import Synchronization

/// The file that lines about exchanges go to, written by a thread of its own: a disk that stalls stalls no request.
///
/// What may wait to be written is bounded; lines beyond that are dropped, counted, and told of in the log itself.
public final class AccessLog: Sendable {
    /// Where lines go.
    public enum Destination: Hashable, Sendable {
        /// Standard output.
        case standardOutput
        /// The file at this path, made if it is not there, and never cut.
        case file(String)
    }

    /// Why a file could not be opened: its path and an errno.
    public struct OpenFailure: Error, Hashable, Sendable {
        /// The file's path.
        public let path: String
        /// The system's errno.
        public let code: Int32
    }

    /// How lines are written.
    public let format: AccessLogFormat

    /// Whether they go to a file, which can be moved away and opened anew.
    public var isFile: Bool { if case .file = destination { true } else { false } }

    /// Bytes that may wait to be written.
    private static var waitingBytes: Int { 4 * 1_024 * 1_024 }
    /// What a pipe takes without blocking when it says that it takes anything (pipe(7), PIPE_BUF).
    private static var pipeBytes: Int { 4_096 }
    /// Between two looks whether there is still a reason to wait for a reader.
    private static var patienceMilliseconds: Int32 { 500 }

    /// Writes as write(2) does.
    typealias Writing = @Sendable (CInt, UnsafeRawBufferPointer) -> Int

    private let destination: Destination
    private let writing: Writing
    private let writer: EventLoop
    private let logger: Logger
    private let waiting = Atomic(0)
    private let dropped = Atomic(0)
    private let isClosing = Atomic(false)
    private let state: Lock<State>

    private struct State {
        var descriptor: Int32
        /// Whether the last write failed, which was told then.
        var isFailing = false
        /// The rest of a line whose beginning is in the file: it comes before anything else, so that no line begins in another.
        var unfinished: [UInt8] = []
    }

    /// Opens the destination.
    public convenience init(to destination: Destination, format: AccessLogFormat, logger: Logger) throws {
        try self.init(to: destination, format: format, logger: logger) { Glibc.write($0, $1.baseAddress, $1.count) }
    }

    init(
        to destination: Destination, format: AccessLogFormat, logger: Logger, writing: @escaping Writing
    ) throws {
        self.writing = writing
        self.destination = destination
        self.format = format
        self.logger = logger
        state = Lock(State(descriptor: try Self.open(destination)))
        writer = try EventLoop.start(name: "access log")
    }

    /// Lines that were not written since the start, because the disk or whoever reads the log did not keep up, or failed.
    public var droppedLines: Int { dropped.load(ordering: .relaxed) }

    /// Takes lines to be written in the order of their coming; from any thread.
    ///
    /// - Returns: whether there was room for them.
    func take(_ lines: [UInt8], count: Int) -> Bool {
        guard waiting.load(ordering: .relaxed) + lines.count <= Self.waitingBytes else {
            dropped.add(count, ordering: .relaxed)
            return false
        }
        waiting.add(lines.count, ordering: .relaxed)
        writer.execute { [self] in
            write(lines)
            waiting.subtract(lines.count, ordering: .relaxed)
        }
        return true
    }

    /// Opens the file anew, after it was moved away; should that fail, goes on with the one that is open.
    public func reopen() {
        guard case .file = destination else { return }
        writer.execute { [self] in
            do {
                let descriptor = try Self.open(destination)
                let (before, isUnfinished) = state.withLock { state in
                    defer { (state.descriptor, state.unfinished) = (descriptor, []) }
                    return (state.descriptor, !state.unfinished.isEmpty)
                }
                // The rest of a line that began in the other file would be no line of this one.
                if isUnfinished { dropped.add(1, ordering: .relaxed) }
                Glibc.close(before)
            } catch {
                logger.error("the access log cannot be opened anew", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Writes what waits, unless its reader does not read, and closes the file.
    public func close() async {
        isClosing.store(true, ordering: .relaxed)
        await writer.shutDown()
        if state.withLock({ !$0.unfinished.isEmpty }) { dropped.add(1, ordering: .relaxed) }
        if case .file = destination { Glibc.close(state.withLock { $0.descriptor }) }
    }

    private func write(_ lines: [UInt8]) {
        let (descriptor, unfinished) = state.withLock { state in
            defer { state.unfinished = [] }
            return (state.descriptor, state.unfinished)
        }
        var rest = unfinished.isEmpty ? lines[...] : (unfinished + lines)[...]
        // Whether the first of what is left is the rest of a line.
        var isInLine = !unfinished.isEmpty
        while !rest.isEmpty {
            guard hasRoom(descriptor) else { return failed(rest, isInLine, EAGAIN) }
            let chunk = destination == .standardOutput ? rest.prefix(Self.pipeBytes) : rest
            let written = chunk.withUnsafeBytes { writing(descriptor, $0) }
            if written > 0 {
                isInLine = rest[rest.startIndex + written - 1] != UInt8(ascii: "\n")
                rest = rest.dropFirst(written)
            } else if written < 0, errno != EINTR, errno != EAGAIN {
                return failed(rest, isInLine, errno)
            }
        }
        state.withLock { $0.isFailing = false }
    }

    /// Waits for the reader of a pipe or terminal, for as long as the log is open; a file on a disk has room at once.
    private func hasRoom(_ descriptor: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while poll(&wanted, 1, isClosing.load(ordering: .relaxed) ? 0 : Self.patienceMilliseconds) == 0 {
            if isClosing.load(ordering: .relaxed) { return false }
        }
        return true
    }

    /// What cannot be written is lost, but for the rest of a line that has begun; the disk may have room again for what comes
    /// next.
    private func failed(_ rest: ArraySlice<UInt8>, _ isInLine: Bool, _ code: Int32) {
        let newline = UInt8(ascii: "\n")
        let unfinished = isInLine ? rest.prefix { $0 != newline } + [newline] : []
        dropped.add(rest.count { $0 == newline } - (isInLine ? 1 : 0), ordering: .relaxed)
        let isNews = state.withLock { state in
            defer { state.isFailing = true }
            state.unfinished = Array(unfinished)
            return !state.isFailing
        }
        if isNews {
            logger.error("the access log cannot be written", metadata: ["error": "\(String(cString: strerror(code)))"])
        }
    }

    private static func open(_ destination: Destination) throws(OpenFailure) -> Int32 {
        guard case .file(let path) = destination else { return STDOUT_FILENO }
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw OpenFailure(path: path, code: errno) }
        return descriptor
    }
}
