/// Whom a request comes from and what was asked of the outermost proxy, as far as anybody trustworthy says so.
struct Client: Hashable, Sendable {
    var address: ClientAddress
    var scheme = Scheme.http
    /// Where in the head's bytes a trusted proxy says which host was asked for; nil when none does.
    var authority: Range<Int>?
}

/// How a client speaks to the outermost server.
public enum Scheme: String, Hashable, Sendable {
    /// In clear.
    case http
    /// Over TLS.
    case https

    init?(_ bytes: ArraySlice<UInt8>) {
        let known: [Scheme] = [.http, .https]
        guard let scheme = known.first(where: { bytes.elementsEqual($0.rawValue.utf8) { ASCII.lowercased($0) == $1 } })
        else { return nil }
        self = scheme
    }
}
