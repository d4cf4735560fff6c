public import HTTPTypes

/// The header fields of a request, found without regard to the case of their names.
///
/// Nothing is copied until a value is asked for.
public struct RequestFields: Sendable {
    private let head: RequestHead

    init(of head: RequestHead) {
        self.head = head
    }

    var bytes: [UInt8] { head.bytes }

    /// How many fields there are.
    public var count: Int { head.fieldCount }

    /// Whether there is a field of this name.
    public func has(_ name: HTTPField.Name) -> Bool { head.firstField(named: name.canonicalName) != nil }

    /// The value of the first field of this name; bytes that are not UTF-8 are replaced.
    public subscript(name: HTTPField.Name) -> String? {
        self.bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of the first field of this name.
    public func bytes(of name: HTTPField.Name) -> ArraySlice<UInt8>? {
        head.firstField(named: name.canonicalName).map { bytes[head.field($0).value] }
    }

    /// The bytes of the only field of this name; nil where there is none, or more than one.
    public func bytes(ofOnly name: HTTPField.Name) -> ArraySlice<UInt8>? {
        let name = name.canonicalName
        guard let only = head.firstField(named: name), head.firstField(named: name, from: only + 1) == nil else {
            return nil
        }
        return bytes[head.field(only).value]
    }

    /// The values of all fields of this name, in the order in which they came.
    public func values(of name: HTTPField.Name) -> [String] {
        ranges(of: name).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// Names and values in the order in which they came, names as they were written.
    public var all: [(name: String, value: String)] {
        ranges.map { range in
            (String(decoding: bytes[range.name], as: UTF8.self), String(decoding: bytes[range.value], as: UTF8.self))
        }
    }

    /// Where names and values stand, in the order in which they came.
    var ranges: [(name: Range<Int>, value: Range<Int>)] { (0..<head.fieldCount).map { head.field($0) } }

    /// Where the values of all fields of this name stand, in the order in which they came.
    func ranges(of name: HTTPField.Name) -> [Range<Int>] {
        let name = name.canonicalName
        var (found, next): ([Range<Int>], Int) = ([], 0)
        while let index = head.firstField(named: name, from: next) {
            found.append(head.field(index).value)
            next = index + 1
        }
        return found
    }
}
