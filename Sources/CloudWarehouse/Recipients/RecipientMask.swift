public import Postgres

/// What everybody may see of a recipient.
public struct MaskedRecipient: Hashable, Sendable {
    /// `王** 138****5678 浙江省杭州市西湖区`; nil once it is erased.
    public let mask: String?
    /// 省市区, as it was given.
    public let region: String
    /// When it was erased; nil while it is there.
    public let erasedAt: Timestamp?

    /// A recipient with these fields.
    public init(mask: String?, region: String, erasedAt: Timestamp?) {
        self.mask = mask
        self.region = region
        self.erasedAt = erasedAt
    }
}

extension Recipient {
    /// The first character of the name, the ends of the phone number, and the region: `王** 138****5678 浙江省杭州市西湖区`.
    public var mask: String { "\(maskedName) \(maskedPhone) \(region)" }

    /// A name of one character would be shown whole by its first one.
    private var maskedName: String { name.count > 1 ? "\(name.prefix(1))**" : "**" }

    /// Of eleven digits or more the first three and the last four are shown, as everywhere in the trade; of fewer the last two.
    private var maskedPhone: String {
        let digits = phone.filter(\.isNumber)
        return digits.count >= 11 ? "\(digits.prefix(3))****\(digits.suffix(4))" : "****\(digits.suffix(2))"
    }

    /// What two spellings of the same person and place have in common, with lengths, so that fields do not run into each other.
    var mergeText: [UInt8] {
        [Self.normalised(name), normalisedPhone, Self.normalised(region + address)].flatMap { text in
            withUnsafeBytes(of: Int32(text.utf8.count).bigEndian) { Array($0) } + Array(text.utf8)
        }
    }

    /// The digits, without China's own prefix.
    private var normalisedPhone: String {
        let digits = phone.filter(\.isNumber)
        let hasPrefix = digits.count == 13 && digits.hasPrefix("861")
        return hasPrefix ? String(digits.dropFirst(2)) : digits
    }

    /// Lower case, without spaces and punctuation.
    private static func normalised(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}

extension RowDecoder {
    /// Reads three columns: mask, region, erased at; without a region there is no recipient.
    mutating func nextMaskedRecipient() throws(DecodingFailure) -> MaskedRecipient? {
        let mask: String? = try next()
        let region: String? = try next()
        let erasedAt: Timestamp? = try next()
        return region.map { MaskedRecipient(mask: mask, region: $0, erasedAt: erasedAt) }
    }
}
