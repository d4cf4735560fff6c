internal import HTTPTypes

/// What a request is called in its answer, in logs and in problem documents, so that all of them can be found by it.
///
/// A client's own `X-Request-Id` is kept if it is well-formed, so that one name goes through all systems that a request
/// passes; it is a means to find lines, and no proof of anything. Any other request is given 16 hexadecimal digits, which
/// look random, and cost a few multiplications.
public struct RequestID: Hashable, Sendable {
    private enum Origin: Hashable, Sendable {
        case made(UInt64)
        case given(String)
    }

    /// The most characters of an id that a client may choose.
    public static let maximumLength = 64

    private let origin: Origin

    /// An id of 16 hexadecimal digits.
    public init(number: UInt64) {
        origin = .made(number)
    }

    /// A client's id: 1 to 64 letters, digits, `-`, `_` and `.`; nil for anything else.
    public init?(_ text: some Collection<UInt8>) {
        guard (1...Self.maximumLength).contains(text.count), text.allSatisfy(Self.isAllowed) else { return nil }
        origin = .given(String(decoding: text, as: UTF8.self))
    }

    /// The only `X-Request-Id` of a head if it is well-formed, else the number.
    init(of head: RequestHead, orNumber number: UInt64) {
        let given = RequestFields(of: head).bytes(ofOnly: .xRequestID).flatMap { RequestID($0) }
        self = given ?? RequestID(number: number)
    }

    /// Appends the id, which needs no escaping in a header field, in JSON or in a log.
    public func append(to output: inout [UInt8]) {
        output.append(addingCapacity: Self.maximumLength) { append(to: &$0) }
    }

    /// The same, where there is room for ``maximumLength`` bytes.
    package func append(to output: inout OutputSpan<UInt8>) {
        switch origin {
        case .given(let text): output.append(text)
        case .made(let number):
            output.append(Self.digits(of: UInt32(truncatingIfNeeded: number >> 32)))
            output.append(Self.digits(of: UInt32(truncatingIfNeeded: number)))
        }
    }

    /// Eight hexadecimal digits, the first in the highest byte: each four bits in a byte of their own, then made digits all at
    /// once.
    private static func digits(of half: UInt32) -> UInt64 {
        var word = UInt64(half)
        word = (word << 16 | word) & 0x0000_FFFF_0000_FFFF
        word = (word << 8 | word) & 0x00FF_00FF_00FF_00FF
        word = (word << 4 | word) & 0x0F0F_0F0F_0F0F_0F0F
        let isLetter = (word &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return word &+ 0x3030_3030_3030_3030 &+ isLetter &* UInt64(UInt8(ascii: "a") - UInt8(ascii: "0") - 10)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension RequestID: CustomStringConvertible {
    /// The id as it is sent.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The numbers of one connection's requests: all of them different, and none telling how many there were (SplitMix64).
struct RequestNumbers: Sendable {
    private var state: UInt64

    /// Begins anywhere.
    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ number &>> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number &>> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number &>> 31
    }
}

extension HTTPField.Name {
    fileprivate static let xRequestID = HTTPField.Name("X-Request-Id")!
}
