internal import HTTPServer

/// A route's path as bytes, `/v1/stock/{sku}`: compared without making strings of what does not fit.
struct PathPattern: Hashable, Sendable {
    /// The bytes of each segment; nil for a parameter, whatever it is called.
    private let segments: [[UInt8]?]
    /// What a path that fits begins with, unless it has escapes: all before the first parameter.
    private let beginning: [UInt8]

    let hasParameters: Bool
    var segmentCount: Int { segments.count }

    private static let slash = UInt8(ascii: "/")
    private static let percent = UInt8(ascii: "%")

    init(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        segments = parts.map { $0.hasPrefix("{") ? nil : Array($0.utf8) }
        hasParameters = segments.contains { $0 == nil }
        beginning = Array(path.prefix { $0 != "{" }.utf8)
    }

    /// How many segments a path has, one for each slash, and whether any byte of it is escaped.
    static func shape(of path: ArraySlice<UInt8>) -> (segmentCount: Int, isEscaped: Bool) {
        path.withUnsafeBufferPointer { bytes in
            var (count, isEscaped) = (0, false)
            for byte in bytes {
                if byte == slash { count += 1 }
                if byte == percent { isEscaped = true }
            }
            return (count, isEscaped)
        }
    }

    /// Whether a path without escapes begins as this does: most do not, and are looked at no further.
    func mayFit(_ path: ArraySlice<UInt8>) -> Bool {
        guard path.count >= beginning.count else { return false }
        return path.withUnsafeBufferPointer { path in
            beginning.withUnsafeBufferPointer { beginning in
                for index in beginning.indices where path[index] != beginning[index] { return false }
                return true
            }
        }
    }

    /// The decoded parameters of a path that fits; nil for one that does not.
    ///
    /// - Throws: ``Refusal/malformedTarget`` where a path that may fit cannot be decoded.
    func parameters(of path: ArraySlice<UInt8>) throws(Refusal) -> PathParameters? {
        var parameters = PathParameters()
        var start = path.startIndex
        for segment in segments {
            guard start < path.endIndex, path[start] == Self.slash else { return nil }
            start += 1
            var end = start
            while end < path.endIndex, path[end] != Self.slash { end += 1 }
            if let segment {
                guard Self.holds(path[start..<end], segment) else { return nil }
            } else {
                parameters.append(try PathPattern.decoded(path[start..<end]))
            }
            start = end
        }
        return start == path.endIndex ? parameters : nil
    }

    /// Whether a segment is this literal, as it is or escaped.
    private static func holds(_ bytes: ArraySlice<UInt8>, _ literal: [UInt8]) -> Bool {
        if bytes.count == literal.count { return bytes.elementsEqual(literal) }
        guard bytes.count > literal.count, bytes.contains(percent), let text = try? decoded(bytes) else { return false }
        return text.utf8.elementsEqual(literal)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> String {
        try Request.decodedSegment(bytes)
    }
}
