internal import HTTPTypes

/// The kind of a representation, `type/subtype` in small letters; parameters are no part of what is chosen by.
public struct MediaType: Hashable, Sendable, CustomStringConvertible {
    /// `application/json`
    public let name: String
    /// What follows the name in a Content-Type field: `; charset=utf-8`.
    public let parameters: String

    /// A type by its name.
    public init(_ name: String, parameters: String = "") {
        self.name = name
        self.parameters = parameters
    }

    /// The value of a Content-Type field that says so.
    public var contentType: String { name + parameters }

    /// The name.
    public var description: String { name }

    /// `application/json`
    public static let json = MediaType("application/json")
    /// `text/csv`
    public static let csv = MediaType("text/csv", parameters: "; charset=utf-8; header=present")
    /// `text/html`
    public static let html = MediaType("text/html", parameters: "; charset=utf-8")
    /// `text/event-stream`
    public static let eventStream = MediaType("text/event-stream")
}

extension Request {
    /// Which of the types that a resource has the client would rather have (RFC 9110, 12.5.1): the one of the highest weight,
    /// the earlier of two alike; nil if it takes none of them.
    public func preferred(of offered: [MediaType]) -> MediaType? {
        // Most clients take anything, and are not to pay for those that do not.
        guard let only = fields.bytes(of: .accept), !only.elementsEqual("*/*".utf8) else { return offered.first }
        let list = WeightedList(fields.values(of: .accept))
        guard !list.members.isEmpty else { return offered.first }
        var best: (type: MediaType, weight: Int)?
        for type in offered {
            let weight = list.weight(of: type)
            if weight > best?.weight ?? 0 { best = (type, weight) }
        }
        return best?.type
    }
}

extension WeightedList {
    /// The weight of the most specific range that a type is in. Ranges with parameters mean special forms: there are the
    /// type's own, and those of a character set, which is always UTF-8.
    fileprivate func weight(of type: MediaType) -> Int {
        let family = type.name.prefix { $0 != "/" } + "/*"
        let own = type.name + type.parameters.filter { $0 != " " }
        for range in [own, type.name, type.name + ";charset=utf-8", String(family), "*/*"] {
            if let member = members.first(where: { $0.value == range }) { return member.weight }
        }
        return 0
    }
}
