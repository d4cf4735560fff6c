internal import CPostgres

/// Owns a `PGconn` and says in Swift what libpq says in C. For one thread at a time; knows no loop.
final class LibpqConnection {
    private let pointer: OpaquePointer
    private let notices = NoticeBox()

    /// Begins to connect, without waiting.
    init(_ options: ConnectionOptions) throws(ConnectFailure) {
        let settings = options.forLibpq
        let pointer = Self.withCStrings(settings.map(\.keyword)) { keywords in
            Self.withCStrings(settings.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
        }
        guard let pointer else { throw ConnectFailure(kind: .unreachable, message: "out of memory") }
        self.pointer = pointer
        // The code of a refused connection stands only in the text, and only in the verbose one.
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        PQsetNoticeReceiver(
            pointer,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeBox>.fromOpaque(context).takeUnretainedValue().add(ServerError(result: result))
            }, Unmanaged.passUnretained(notices).toOpaque())
    }

    deinit {
        PQfinish(pointer)
    }

    // MARK: Connecting

    var isBad: Bool { PQstatus(pointer) == CONNECTION_BAD }
    /// Whether a transaction is open, as far as the server has said.
    var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }
    var socket: Int32 { PQsocket(pointer) }
    var serverVersion: Int32 { PQserverVersion(pointer) }
    var backendProcess: Int32 { PQbackendPID(pointer) }

    func connectPoll() -> PostgresPollingStatusType {
        PQconnectPoll(pointer)
    }

    /// Leaves connecting behind: nothing blocks any more, and requests are pipelined.
    func becomePipelined() -> Bool {
        PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
        return PQsetnonblocking(pointer, 1) == 0 && PQenterPipelineMode(pointer) == 1
    }

    /// libpq's last words about this connection.
    var message: String {
        String(cString: PQerrorMessage(pointer))
    }

    // MARK: Sending

    func sendPrepare(name: String, sql: String, types: [UInt32]) -> Bool {
        PQsendPrepare(pointer, name, sql, Int32(types.count), types) == 1
    }

    func sendDescribe(name: String) -> Bool {
        PQsendDescribePrepared(pointer, name) == 1
    }

    func sendExecute(name: String, _ parameters: Parameters) -> Bool {
        parameters.withPointers { values, lengths, formats in
            PQsendQueryPrepared(pointer, name, Int32(parameters.count), values, lengths, formats, 1) == 1
        }
    }

    func sendSync() -> Bool { PQpipelineSync(pointer) == 1 }

    /// Sends a script by the simple protocol; only outside pipeline mode.
    func sendScript(_ sql: String) -> Bool { PQsendQuery(pointer, sql) == 1 }

    func leavePipeline() -> Bool { PQexitPipelineMode(pointer) == 1 }
    func enterPipeline() -> Bool { PQenterPipelineMode(pointer) == 1 }

    /// What is left to write: `false` when all is written, `true` when some is, `nil` when the connection broke.
    func flush() -> Bool? {
        switch PQflush(pointer) {
        case 0: false
        case 1: true
        default: nil
        }
    }

    // MARK: Receiving

    func consumeInput() -> Bool { PQconsumeInput(pointer) == 1 }
    var isBusy: Bool { PQisBusy(pointer) == 1 }

    /// The next result; `nil` separates the results of one command from the next one's.
    func nextResult() -> QueryResult? {
        PQgetResult(pointer).map(QueryResult.init)
    }

    func nextNotification() -> Notification? {
        guard let notify = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notify) }
        return Notification(
            channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra),
            sender: notify.pointee.be_pid)
    }

    /// The warnings and notices that came since the last call.
    func takeNotices() -> [ServerError] { notices.take() }

    // MARK: COPY

    /// `nil` when there is no room to write now.
    func putCopy(_ bytes: [UInt8]) -> Bool? {
        let code = bytes.withUnsafeBytes { buffer in
            PQputCopyData(pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
        }
        return code == 0 ? nil : code == 1
    }

    func endCopy(failing reason: String?) -> Bool? {
        let code = PQputCopyEnd(pointer, reason)
        return code == 0 ? nil : code == 1
    }

    enum CopyOut {
        case row([UInt8])
        case wait
        case end
        case failed
    }

    func getCopy() -> CopyOut {
        var buffer: UnsafeMutablePointer<CChar>?
        let count = PQgetCopyData(pointer, &buffer, 1)
        switch count {
        case 1...:
            defer { PQfreemem(buffer) }
            return .row(Array(UnsafeRawBufferPointer(start: buffer, count: Int(count))))
        case 0: return .wait
        case -1: return .end
        default: return .failed
        }
    }

    // MARK: Cancelling

    /// A request to cancel whatever runs, to be sent from another thread, since it blocks.
    func cancellation() -> (@Sendable () -> Void)? {
        guard let cancel = PQgetCancel(pointer) else { return nil }
        let request = CancelRequest(cancel)
        return { request.send() }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        // One buffer of NUL-terminated strings, and the null-terminated list of where they begin.
        let bytes = strings.map { Array($0.utf8CString) }
        return bytes.flatMap(\.self).withUnsafeBufferPointer { buffer in
            var offset = 0
            var list: [UnsafePointer<CChar>?] = bytes.map { string in
                defer { offset += string.count }
                return buffer.baseAddress.map { $0 + offset }
            }
            list.append(nil)
            return body(list)
        }
    }
}

/// Owns a `PGcancel`.
// @unchecked: libpq says that a PGcancel may be used from another thread than the connection's; it is immutable.
private final class CancelRequest: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    func send() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(pointer, &message, Int32(message.count))
    }
}

/// Collects what libpq's notice receiver is called with, in the thread that reads the connection.
private final class NoticeBox {
    private static let kept = 64
    private var notices: [ServerError] = []

    func add(_ notice: ServerError) {
        if notices.count < Self.kept { notices.append(notice) }
    }

    func take() -> [ServerError] {
        defer { notices.removeAll(keepingCapacity: true) }
        return notices
    }
}
