extension HTTPServer {
    /// Every bound of the server, with its unit in its name. All must be positive; times are at most 10^9 ms.
    public struct Limits: Hashable, Sendable {
        /// Bytes of request line and fields together, line ends included; more is answered 431. At most 2^31.
        public var headBytes = 32 * 1_024
        /// Fields of a head, and of a trailer; more is answered 431.
        public var fieldCount = 100
        /// Bytes of the request target; more is answered 414.
        public var targetBytes = 8 * 1_024
        /// Bytes of a request's content after transfer decoding; more is answered 413.
        public var bodyBytes = 1_024 * 1_024
        /// Bytes of a body that its handler reads as it arrives, which wait until it does; beyond, the client is not read. One
        /// read may exceed it.
        public var bodyBufferBytes = 256 * 1_024
        /// Bytes of a body that are still to come when its handler has answered, and are passed over; with more, or an
        /// unknown rest, the connection closes.
        public var unreadBodyBytes = 256 * 1_024
        /// Bytes of all chunk extensions of one body; more is answered 400.
        public var chunkExtensionBytes = 4 * 1_024

        /// Requests after which a connection is closed, so that clients spread over the loops again.
        public var requestsPerConnection = 1_000_000
        /// Requests of one connection that are handled at once; the next is not read before one is answered.
        public var pipelinedRequests = 64
        /// Bytes of answers that wait for a slow reader before no more of its requests are handled, and before the producer
        /// of a stream waits. One answer may exceed it.
        public var outputBytes = 256 * 1_024
        /// The same for a stream of events: what waits longer is superseded by newer news before it is written.
        public var eventBytes = 16 * 1_024
        /// Bytes of an answer from which on it is compressed for clients that take gzip; below, that costs more than it saves.
        public var gzipBytes = 1_400
        /// Streams that are compressed at once, each with a quarter of a megabyte; one more goes out as it is.
        public var gzipStreams = 64
        /// Connections of this server at once; one more is answered 503.
        public var connections = 10_000
        /// Connections of one address at once, or of one IPv6 network of 64 bits; one more is answered 503.
        public var connectionsPerAddress = 256
        /// The same for this machine's own addresses and those of trusted proxies, which have many clients behind them.
        public var connectionsPerTrustedAddress = 10_000
        /// Connections that are being answered 503 at once; one more is closed without a word.
        public var refusedConnections = 64
        /// Connections that the kernel holds for the server until it accepts them.
        public var backlog = 1_024

        /// From the first byte of a request, or from a connection's start, to the end of the head; then 408.
        public var headMilliseconds = 10_000
        /// From the end of a head to the end of its body; then 408. The server's own pauses in reading do not count.
        public var bodyMilliseconds = 30_000
        /// The same for a body that its handler reads as it arrives.
        public var streamedBodyMilliseconds = 600_000
        /// In each interval of this length, ``bodyRateBytes`` of a body must arrive; else 408.
        public var bodyRateMilliseconds = 10_000
        /// How much of a body must arrive in each ``bodyRateMilliseconds``.
        public var bodyRateBytes = 1_024
        /// Without a request in flight or a byte of the next; then the connection is closed.
        public var idleMilliseconds = 75_000
        /// From a complete request to its answer (from each piece of a body that the handler reads as it arrives), or to the head of one that is a stream; then 503, and the handler's task is
        /// cancelled.
        public var handlerMilliseconds = 30_000
        /// Without the client taking one byte of what waits for it; then the connection is cut.
        public var writeMilliseconds = 30_000
        /// Without an event on a stream of events; then a comment is sent, so that proxies keep the connection and a client
        /// that has gone is noticed.
        public var heartbeatMilliseconds = 15_000
        /// From the server's last byte to the client's close, so that the answer is not lost to a reset.
        public var lingerMilliseconds = 1_000
        /// From the start of a drain to its end; connections that are left are cut.
        public var drainMilliseconds = 20_000

        /// The limits that this project ships with.
        public init() {}

        var areSane: Bool {
            let counts = [
                headBytes, fieldCount, targetBytes, bodyBytes, bodyBufferBytes, unreadBodyBytes, bodyRateBytes,
                chunkExtensionBytes, requestsPerConnection, pipelinedRequests, outputBytes, eventBytes, gzipBytes,
                gzipStreams, connections, connectionsPerAddress, connectionsPerTrustedAddress, refusedConnections,
                backlog,
            ]
            let times = [
                headMilliseconds, bodyMilliseconds, streamedBodyMilliseconds, bodyRateMilliseconds, idleMilliseconds,
                handlerMilliseconds, writeMilliseconds,
                heartbeatMilliseconds, lingerMilliseconds, drainMilliseconds,
            ]
            return counts.allSatisfy { $0 > 0 } && times.allSatisfy { 1...1_000_000_000 ~= $0 } && headBytes <= 1 << 31
        }
    }
}
