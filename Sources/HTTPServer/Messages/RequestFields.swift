public import HTTPTypes

/// The header fields of a request, found without regard to the case of their names.
///
/// Nothing is copied until a value is asked for.
public struct RequestFields: Sendable {
    let bytes: [UInt8]
    let ranges: [FieldRange]

    /// How many fields there are.
    public var count: Int { ranges.count }

    /// The value of the first field of this name; bytes that are not UTF-8 are replaced.
    public subscript(name: HTTPField.Name) -> String? {
        self.bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of the first field of this name.
    public func bytes(of name: HTTPField.Name) -> ArraySlice<UInt8>? {
        ranges.first { matches($0, name) }.map { bytes[$0.value] }
    }

    /// The bytes of the only field of this name; nil where there is none, or more than one.
    public func bytes(ofOnly name: HTTPField.Name) -> ArraySlice<UInt8>? {
        guard let first = ranges.firstIndex(where: { matches($0, name) }),
            !ranges[(first + 1)...].contains(where: { matches($0, name) })
        else { return nil }
        return bytes[ranges[first].value]
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

    private func matches(_ range: FieldRange, _ name: HTTPField.Name) -> Bool {
        let expected = name.canonicalName.utf8
        guard range.name.count == expected.count else { return false }
        return zip(bytes[range.name], expected).allSatisfy { ASCII.lowercased($0) == $1 }
    }
}
