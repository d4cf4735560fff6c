/// Who gets a parcel, and where (收件人): in clear only in memory, and only for as long as it is needed.
///
/// It describes itself by its mask, so that no log, message or failed test tells who it is.
public struct Recipient: Hashable, Sendable {
    /// 姓名: 1 to 64 characters.
    public let name: String
    /// 电话: 5 to 20 digits, + and -, at least 5 of them digits.
    public let phone: String
    /// 省市区: 1 to 100 characters.
    public let region: String
    /// 详细地址: 1 to 200 characters.
    public let address: String

    /// Takes a recipient, or says which field breaks its rule.
    public init(name: String, phone: String, region: String, address: String) throws(InvalidValue) {
        guard Self.isName(name) else { throw InvalidValue("a recipient's name has \(Self.nameRule)") }
        guard Self.isPhone(phone) else { throw InvalidValue("a recipient's phone has \(Self.phoneRule)") }
        guard Self.isRegion(region) else { throw InvalidValue("a recipient's region has \(Self.regionRule)") }
        guard Self.isAddress(address) else { throw InvalidValue("a recipient's address has \(Self.addressRule)") }
        self.init(unchecked: (name, phone, region, address))
    }

    init(unchecked fields: (name: String, phone: String, region: String, address: String)) {
        (name, phone, region, address) = fields
    }
}

extension Recipient {
    /// What a name has.
    public static let nameRule = "1 to 64 characters and no control characters"
    /// What a phone number has.
    public static let phoneRule = "5 to 20 characters: digits, at least 5 of them, + and -"
    /// The same as a regular expression (ECMA-262), for documents.
    public static let phonePattern = "^[+-]*([0-9][+-]*){5,20}$"
    /// What a region has.
    public static let regionRule = "1 to 100 characters and no control characters"
    /// What an address has.
    public static let addressRule = "1 to 200 characters and no control characters"

    /// Whether this is a name.
    public static func isName(_ text: String) -> Bool { text.isPlainText(atMost: 64) }
    /// Whether this is a region.
    public static func isRegion(_ text: String) -> Bool { text.isPlainText(atMost: 100) }
    /// Whether this is an address.
    public static func isAddress(_ text: String) -> Bool { text.isPlainText(atMost: 200) }

    /// Whether this is a phone number.
    public static func isPhone(_ text: String) -> Bool {
        guard (5...20).contains(text.utf8.count) else { return false }
        let digits = text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let signs = text.utf8.count { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        return digits >= 5 && digits + signs == text.utf8.count
    }
}

extension Recipient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The mask.
    public var description: String { mask }
    /// The mask.
    public var debugDescription: String { mask }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: ["mask": mask]) }
}
