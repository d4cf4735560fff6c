internal import HTTPTypes

/// Which proxies are believed when they say whom they forward a request for, and in which fields they say it.
///
/// Of the fields that no trusted proxy writes, nothing is believed: a client may have sent them, and a proxy that does not know
/// them lets them pass. So there is one kind at a time.
public struct ProxyTrust: Hashable, Sendable {
    /// The fields that a proxy writes.
    public enum Fields: String, Hashable, Sendable, CaseIterable {
        /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`.
        case xForwarded = "x-forwarded"
        /// `Forwarded` (RFC 7239).
        case forwarded
    }

    /// Nobody is trusted.
    public static let none = ProxyTrust(proxies: [])

    /// Where proxies are that are trusted.
    public var proxies: [AddressRange]
    /// Whether whoever connects over a Unix-domain socket is trusted.
    public var includesLocalSockets: Bool
    /// What they write.
    public var fields: Fields

    /// The most hops that are followed; a longer chain is nobody's.
    private static let hopsAtMost = 32

    /// Trust in these.
    public init(proxies: [AddressRange], includesLocalSockets: Bool = false, fields: Fields = .xForwarded) {
        self.proxies = proxies
        self.includesLocalSockets = includesLocalSockets
        self.fields = fields
    }

    /// Whether that one's word counts.
    public func includes(_ address: ClientAddress) -> Bool {
        switch address {
        case .ip(let address): proxies.contains { $0.contains(address) }
        case .local: includesLocalSockets
        }
    }

    /// Whom a request comes from that `peer` has sent.
    ///
    /// Each proxy appends whom it was asked by. So the chain is read from its end: the first that is not trusted is the
    /// client. What cannot be read ends the chain, and the last that could be is the client.
    func client(of fields: RequestFields, from peer: ClientAddress) -> Client {
        guard includes(peer) else { return Client(address: peer) }
        switch self.fields {
        case .xForwarded: return client(ofExtensions: fields, from: peer)
        case .forwarded: return client(ofStandard: fields, from: peer)
        }
    }

    private func client(ofExtensions fields: RequestFields, from peer: ClientAddress) -> Client {
        var client = Client(address: peer)
        var depth = 0
        for member in BackwardList(fields, .xForwardedFor) {
            guard depth < Self.hopsAtMost, let address = ForwardedNode.address(in: fields.bytes[member]) else { break }
            client.address = .ip(address)
            depth += 1
            guard includes(client.address) else { break }
        }
        // Some proxies append what they were asked as well, others put it in the place of what came.
        if let scheme = Self.member(depth, of: .xForwardedProto, in: fields) {
            client.scheme = Scheme(fields.bytes[scheme]) ?? .http
        }
        client.authority = Self.member(depth, of: .xForwardedHost, in: fields).flatMap { fields.authority(in: $0) }
        return client
    }

    /// The member that was written together with the `depth`th address from the end, else the last one.
    private static func member(_ depth: Int, of name: HTTPField.Name, in fields: RequestFields) -> Range<Int>? {
        var last: Range<Int>?
        for (index, member) in BackwardList(fields, name).enumerated() {
            if index == 0 { last = member }
            if index + 1 == depth { return member }
            if index >= depth { break }
        }
        return last
    }

    private func client(ofStandard fields: RequestFields, from peer: ClientAddress) -> Client {
        var client = Client(address: peer)
        var depth = 0
        for range in fields.ranges(of: .forwarded).reversed() {
            guard let elements = ForwardedElement.list(in: fields.bytes, range) else { return client }
            for element in elements.reversed() {
                guard depth < Self.hopsAtMost else { return client }
                depth += 1
                client.scheme = element.scheme.flatMap { Scheme(fields.bytes[$0]) } ?? .http
                client.authority = element.host.flatMap { fields.authority(in: $0) }
                guard let node = element.node, let address = ForwardedNode.address(in: fields.bytes[node]) else {
                    return client
                }
                client.address = .ip(address)
                guard includes(client.address) else { return client }
            }
        }
        return client
    }
}

extension RequestFields {
    /// The range, if what stands there is a host with or without a port.
    fileprivate func authority(in range: Range<Int>) -> Range<Int>? {
        !range.isEmpty && Authority.isWellFormed(bytes.span, in: range) ? range : nil
    }
}

extension HTTPField.Name {
    static let forwarded = HTTPField.Name("Forwarded")!
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let xForwardedProto = HTTPField.Name("X-Forwarded-Proto")!
    static let xForwardedHost = HTTPField.Name("X-Forwarded-Host")!
}
