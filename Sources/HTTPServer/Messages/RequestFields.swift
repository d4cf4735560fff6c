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
    var ranges: FieldList { head.fields }

    /// How many fields there are.
    public var count: Int { head.fields.count }

    /// Whether there is a field of this name.
    public func has(_ name: HTTPField.Name) -> Bool { firstIndex(of: name, from: 0) != nil }

    /// The value of the first field of this name; bytes that are not UTF-8 are replaced.
    public subscript(name: HTTPField.Name) -> String? {
        self.bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of the first field of this name.
    public func bytes(of name: HTTPField.Name) -> ArraySlice<UInt8>? {
        firstIndex(of: name, from: 0).map { bytes[head.fields[$0].value] }
    }

    /// The bytes of the only field of this name; nil where there is none, or more than one.
    public func bytes(ofOnly name: HTTPField.Name) -> ArraySlice<UInt8>? {
        guard let first = firstIndex(of: name, from: 0), firstIndex(of: name, from: first + 1) == nil else {
            return nil
        }
        return bytes[head.fields[first].value]
    }

    /// The values of all fields of this name, in the order in which they came.
    public func values(of name: HTTPField.Name) -> [String] {
        ranges.filter { matches($0, name) }.map { String(decoding: bytes[$0.value], as: UTF8.self) }
    }

    /// Names and values in the order in which they came, names as they were written.
    public var all: [(name: String, value: String)] {
        ranges.map { range in
            (String(decoding: bytes[range.name], as: UTF8.self), String(decoding: bytes[range.value], as: UTF8.self))
        }
    }

    /// Where the values of all fields of this name stand, in the order in which they came.
    func ranges(of name: HTTPField.Name) -> [Range<Int>] {
        ranges.filter { matches($0, name) }.map(\.value)
    }

    private func firstIndex(of name: HTTPField.Name, from start: Int) -> Int? {
        let length = name.canonicalName.utf8.count
        for index in start..<head.fields.count where head.fields[index].name.count == length {
            if matches(head.fields[index], name) { return index }
        }
        return nil
    }

    private func matches(_ range: FieldRange, _ name: HTTPField.Name) -> Bool {
        let expected = name.canonicalName.utf8
        guard range.name.count == expected.count else { return false }
        return zip(bytes[range.name], expected).allSatisfy { ASCII.lowercased($0) == $1 }
    }
}
