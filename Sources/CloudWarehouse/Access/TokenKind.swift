public import Postgres

/// What a token is shown as.
///
/// The kind is a part of what is hashed, so a token is good only where its kind belongs: the value of a cookie is no bearer's
/// token, an overlay's key opens no route of a person's, and none of them is found out by comparing anything but digests.
public enum TokenKind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// A program's, in an Authorization field.
    case program
    /// A browser's, in a cookie.
    case session
    /// An overlay's, which stands in the fragment of a URL and is sent in an Authorization field.
    case overlay

    /// What is hashed before the text. No base's key holds a colon, so no text of one kind begins like another's.
    var domain: [UInt8] {
        switch self {
        case .program: []
        case .session, .overlay: Array("\(rawValue):".utf8)
        }
    }
}
