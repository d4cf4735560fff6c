/// The minor versions of HTTP/1 that differ for a server; a higher one is served as 1.1 (RFC 9110, 2.5).
public enum HTTPVersion: Hashable, Sendable {
    /// HTTP/1.0: no chunked bodies, and the connection closes unless asked to stay.
    case http10
    /// HTTP/1.1.
    case http11
}
