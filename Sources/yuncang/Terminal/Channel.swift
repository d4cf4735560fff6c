internal import Glibc
internal import Synchronization

/// Where text goes, and what it is laid out for.
final class Channel: Sendable {
    /// How to lay out what is written here.
    let surface: Surface
    /// Whether a person may be looking: colours, progress and hints only then.
    let isTerminal: Bool
    private let sink: any TextSink
    private let firstFailure = Mutex<SinkFailure?>(nil)

    /// A channel to the sink.
    init(sink: any TextSink, surface: Surface, isTerminal: Bool) {
        self.sink = sink
        self.surface = surface
        self.isTerminal = isTerminal
    }

    /// Writes the text as it is. After a first failure nothing more is written; see ``failure``.
    func write(_ text: String) {
        firstFailure.withLock { failure in
            guard failure == nil else { return }
            do throws(SinkFailure) {
                try sink.write(Array(text.utf8))
            } catch let refused {
                failure = refused
            }
        }
    }

    /// Why text was lost: a full disk, a closed pipe. Asked once at the end of the command.
    var failure: SinkFailure? { firstFailure.withLock { $0 } }
}

/// Takes bytes, all of them or none of the rest.
protocol TextSink: Sendable {
    func write(_ bytes: [UInt8]) throws(SinkFailure)
}

/// The system's refusal to take more output.
struct SinkFailure: Error, Equatable, CustomStringConvertible {
    /// `errno` of the failed write.
    let errorNumber: CInt

    /// Whether the reader went away.
    var isClosedPipe: Bool { errorNumber == EPIPE }

    /// The system's words.
    var description: String { String(cString: strerror(errorNumber)) }
}
