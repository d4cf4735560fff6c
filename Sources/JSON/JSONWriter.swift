/// Writes JSON straight into bytes: no tree, no white space, members in the order in which they are written.
///
/// The caller keeps the grammar: one value at the outermost level, a key before each member. Declared types do.
public struct JSONWriter: ~Copyable {
    private var buffer: JSONBuffer
    /// Whether the next value or key stands after another one.
    private var needsComma = false

    /// A writer with room for a usual answer; it grows as needed.
    public init(capacity: Int = 1024) {
        buffer = JSONBuffer(capacity: max(capacity, 64))
    }

    /// What is written so far.
    public var bytes: [UInt8] { Array(buffer.written) }

    /// Starts an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Ends the object that was started last.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Starts an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Ends the array that was started last.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// The name of the next member.
    public mutating func key(_ key: borrowing JSONKey) {
        separate()
        key.written.withUnsafeBufferPointer { buffer.append($0) }
        needsComma = false
    }

    /// The name of the next member, for names that are not known beforehand.
    public mutating func key(_ name: String) {
        string(name)
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// `null`.
    public mutating func null() { word("null") }

    /// `true` or `false`.
    public mutating func boolean(_ value: Bool) { word(value ? "true" : "false") }

    /// An integer.
    public mutating func integer(_ value: Int64) {
        separate()
        var length = value < 0 ? 2 : 1
        var rest = value.magnitude
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        let digits = buffer.claim(length)
        rest = value.magnitude
        for index in stride(from: length - 1, through: value < 0 ? 1 : 0, by: -1) {
            (digits + index).initialize(to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        if value < 0 { digits.initialize(to: UInt8(ascii: "-")) }
    }

    /// A string, escaped as far as RFC 8259 demands, and DEL.
    public mutating func string(_ value: String) {
        separate()
        var value = value
        value.withUTF8 { appendQuoted($0) }
    }

    /// A value that is JSON already, such as one rendered before.
    public mutating func rendered(_ document: [UInt8]) {
        separate()
        document.withUnsafeBufferPointer { buffer.append($0) }
    }

    private mutating func word(_ word: StaticString) {
        separate()
        buffer.append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        buffer.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        buffer.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        buffer.append(UInt8(ascii: "\""))
        var start = 0
        for offset in 0..<text.count {
            let byte = text[offset]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7F { continue }
            buffer.append(UnsafeBufferPointer(rebasing: text[start..<offset]))
            appendEscape(of: byte)
            start = offset + 1
        }
        buffer.append(UnsafeBufferPointer(rebasing: text[start...]))
        buffer.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(of byte: UInt8) {
        buffer.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): buffer.append(byte)
        case 0x08: buffer.append(UInt8(ascii: "b"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0C: buffer.append(UInt8(ascii: "f"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        default:
            let digits: StaticString = "0123456789abcdef"
            for letter in [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")] { buffer.append(letter) }
            buffer.append(digits.utf8Start[Int(byte >> 4)])
            buffer.append(digits.utf8Start[Int(byte & 0x0F)])
        }
    }
}
