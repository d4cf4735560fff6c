internal import EventLoop

/// Content that is the same for many requests: compressed once, when the first client takes it so, and then kept in both forms.
public final class ConstantContent: Sendable {
    /// As it is.
    public let plain: [UInt8]
    private let compressed = Lock<[UInt8]?>(nil)

    /// These bytes.
    public init(_ bytes: [UInt8]) {
        plain = bytes
    }

    /// In gzip; nil where zlib has no memory for it.
    var inGzip: [UInt8]? {
        compressed.withLock { compressed in
            if compressed == nil { compressed = GzipEncoder.compress(plain) }
            return compressed
        }
    }
}
