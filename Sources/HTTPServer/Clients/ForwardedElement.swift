/// What one proxy says in a `Forwarded` field (RFC 7239, 4): whom it was asked by, how, and for which host.
///
/// The ranges are those of the values, without their quotes. Values with a backslash are none of a node, scheme or host.
struct ForwardedElement: Equatable {
    var node: Range<Int>?
    var scheme: Range<Int>?
    var host: Range<Int>?

    /// The elements of one field line, in order; nil when any part of it is malformed, since a quote that a client has left
    /// open would change the meaning of what a proxy has appended.
    static func list(in bytes: [UInt8], _ line: Range<Int>) -> [ForwardedElement]? {
        var reader = Reader(bytes: bytes, index: line.lowerBound, end: line.upperBound)
        var elements: [ForwardedElement] = []
        while true {
            guard let element = reader.element() else { return nil }
            if element.hasPairs { elements.append(element.value) }
            guard reader.index < reader.end else { return elements }
            reader.index += 1
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var index: Int
        let end: Int

        /// One element, up to a comma or the end.
        mutating func element() -> (value: ForwardedElement, hasPairs: Bool)? {
            var element = ForwardedElement()
            var hasPairs = false
            while true {
                skipBlanks()
                if let name = token() {
                    guard take(ASCII.equals), let value = value() else { return nil }
                    guard element.set(bytes[name], value) else { return nil }
                    hasPairs = true
                    skipBlanks()
                }
                if index == end || bytes[index] == ASCII.comma { return (element, hasPairs) }
                guard take(ASCII.semicolon) else { return nil }
            }
        }

        private mutating func skipBlanks() {
            while index < end, bytes[index] == ASCII.space || bytes[index] == ASCII.tab { index += 1 }
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard index < end, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        private mutating func token() -> Range<Int>? {
            let start = index
            while index < end, ByteSet.token.contains(bytes[index]) { index += 1 }
            return index > start ? start..<index : nil
        }

        private mutating func value() -> Range<Int>? {
            guard take(ASCII.quote) else { return token() }
            let start = index
            while index < end, bytes[index] != ASCII.quote { index += bytes[index] == ASCII.backslash ? 2 : 1 }
            guard index < end else { return nil }
            index += 1
            return start..<index - 1
        }
    }

    /// Keeps a parameter; false for one that is there twice.
    private mutating func set(_ name: ArraySlice<UInt8>, _ value: Range<Int>) -> Bool {
        func isNamed(_ known: StaticString) -> Bool {
            known.withUTF8Buffer { name.elementsEqual($0) { ASCII.lowercased($0) == $1 } }
        }
        func keep(_ member: WritableKeyPath<Self, Range<Int>?>) -> Bool {
            guard self[keyPath: member] == nil else { return false }
            self[keyPath: member] = value
            return true
        }
        if isNamed("for") { return keep(\.node) }
        if isNamed("proto") { return keep(\.scheme) }
        if isNamed("host") { return keep(\.host) }
        return true
    }
}
