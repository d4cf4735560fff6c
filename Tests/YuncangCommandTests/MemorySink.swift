import Synchronization

@testable import yuncang

/// Keeps what is written, or refuses it.
final class MemorySink: TextSink {
    private let bytes = Mutex<[UInt8]>([])
    private let refusal: SinkFailure?

    init(refusal: SinkFailure? = nil) {
        self.refusal = refusal
    }

    func write(_ bytes: [UInt8]) throws(SinkFailure) {
        if let refusal { throw refusal }
        self.bytes.withLock { $0 += bytes }
    }

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
