internal import HTTPTypes

/// A request's line and fields: the bytes as they came, and where in them things stand.
///
/// One object that all share who pass the request on, up to the line about it in a log: to copy so much costs more than to
/// read it.
// @unchecked: id and client are set once, before anybody has it but who does that.
final class RequestHead: @unchecked Sendable {
    /// How the length of the body is known (RFC 9112, 6.3).
    enum Framing: Hashable, Sendable {
        case empty
        case sized(Int)
        case chunked
    }

    /// What arrived with the head: heads that came together share it, and nothing is copied.
    let bytes: [UInt8]
    /// Where in the bytes the head begins.
    private let start: Int
    /// Bytes of the head itself.
    let byteCount: Int
    let method: HTTPRequest.Method
    let version: HTTPVersion
    let target: Range<Int>
    /// Empty for an absolute form without a path, which means "/" (or "*" for OPTIONS).
    let path: Range<Int>
    let query: Range<Int>?
    /// The target's authority in absolute form, else the Host field's value.
    let authority: Range<Int>
    /// Counted from where the head begins.
    private let fields: [FieldRange]
    let framing: Framing
    /// Whether the client means to send another request on this connection.
    let persists: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool
    /// Whether it was read at all.
    let isReadable: Bool

    /// What the request is called.
    private(set) var id = RequestID(number: 0)
    /// Whom it comes from.
    private(set) var client = Client(address: .local)

    /// A head whose parts are counted from where it begins.
    init(
        bytes: [UInt8], start: Int = 0, byteCount: Int, method: HTTPRequest.Method, version: HTTPVersion,
        target: Range<Int>,
        path: Range<Int>, query: Range<Int>?, authority: Range<Int>, fields: [FieldRange], framing: Framing,
        persists: Bool, expectsContinue: Bool
    ) {
        self.bytes = bytes
        self.start = start
        self.byteCount = byteCount
        self.method = method
        self.version = version
        self.target = target.moved(by: start)
        self.path = path.moved(by: start)
        self.query = query?.moved(by: start)
        self.authority = authority.moved(by: start)
        self.fields = fields
        self.framing = framing
        self.persists = persists
        self.expectsContinue = expectsContinue
        isReadable = true
    }

    /// A head that could not be read: nothing is known but who sent it.
    init(unreadableFrom address: ClientAddress, id: RequestID) {
        (bytes, start, byteCount) = ([], 0, 0)
        (method, version) = (.get, .http11)
        (target, path, query, authority) = (0..<0, 0..<0, nil, 0..<0)
        (fields, framing) = ([], .empty)
        (persists, expectsContinue, isReadable) = (false, false, false)
        self.id = id
        client = Client(address: address)
    }

    /// Says once what the request is called and whom it comes from, before the head is shared.
    func belongs(to client: Client, as id: RequestID) {
        (self.client, self.id) = (client, id)
    }

    var hasBody: Bool { framing != .empty }
    /// Whether it asks for nothing but an answer (RFC 9110, 9.2.1).
    var isSafe: Bool { method == .get || method == .head || method == .options || method == .trace }
    var fieldCount: Int { fields.count }

    /// Where the field of that number stands in the bytes.
    func field(_ index: Int) -> (name: Range<Int>, value: Range<Int>) {
        let field = fields[index]
        return (field.name.moved(by: start), field.value.moved(by: start))
    }

    /// The number of the first field of a name, of which the small letters are given, from another number on.
    func firstField(named lowercase: String, from first: Int = 0) -> Int? {
        var lowercase = lowercase
        return lowercase.withUTF8 { name in
            bytes.withUnsafeBufferPointer { bytes in
                for index in first..<fields.count where fields[index].nameLength == name.count {
                    let begin = start + fields[index].name.lowerBound
                    if Self.isName(UnsafeBufferPointer(rebasing: bytes[begin..<begin + name.count]), name) {
                        return index
                    }
                }
                return nil
            }
        }
    }

    private static func isName(_ bytes: UnsafeBufferPointer<UInt8>, _ lowercase: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in lowercase.indices where ASCII.lowercased(bytes[index]) != lowercase[index] { return false }
        return true
    }
}
