import EventLoop

/// The very texts that were found to be good tokens lately, so that whoever shows one again is known without hashing it.
///
/// A text holds for as long as what was read of its token is trusted, and no longer. It is compared whole, in the same time
/// wherever it differs, as digests are. There are few places, and a newcomer takes the one that its prefix leads to; only good
/// tokens come in, so nobody else can put one out.
///
/// In clear they are here no longer than in the buffers that requests were read into.
struct ShownTokens: Sendable {
    private struct Entry {
        let text: [UInt8]
        let caller: Caller
        let trustedUntil: MonotonicInstant
    }

    /// A prime, so that what three characters of a prefix say is spread over all.
    private static var places: Int { 1_021 }

    /// Where the prefix, which is random, stands in a text.
    private let prefixStart: Int
    private var entries: [Entry?] = Array(repeating: nil, count: places)

    /// None yet of the tokens of a base.
    init(of base: BaseKey) {
        prefixStart = base.rawValue.utf8.count + 1
    }

    /// Whose token this is, if it was found good and still holds.
    func caller(showing text: ArraySlice<UInt8>, at now: MonotonicInstant) -> Caller? {
        guard let place = place(of: text), let entry = entries[place], now < entry.trustedUntil,
            Self.areEqual(text, entry.text)
        else { return nil }
        return entry.caller
    }

    /// Remembers a text that was hashed and found good.
    mutating func remember(_ text: ArraySlice<UInt8>, of caller: Caller, until trustedUntil: MonotonicInstant) {
        guard let place = place(of: text) else { return }
        entries[place] = Entry(text: Array(text), caller: caller, trustedUntil: trustedUntil)
    }

    /// Knows nothing of a prefix any more.
    mutating func forget(_ prefix: TokenPrefix) {
        for place in entries.indices where entries[place]?.caller.prefix == prefix { entries[place] = nil }
    }

    private func place(of text: ArraySlice<UInt8>) -> Int? {
        let start = text.startIndex + prefixStart
        guard text.endIndex > start + TokenPrefix.length + 1 else { return nil }
        return (Int(text[start]) << 14 ^ Int(text[start + 1]) << 7 ^ Int(text[start + 2])) % Self.places
    }

    private static func areEqual(_ one: ArraySlice<UInt8>, _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
                var difference: UInt8 = 0
                for index in 0..<one.count { difference |= one[index] ^ other[index] }
                return difference == 0
            }
        }
    }
}
