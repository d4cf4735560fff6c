/// One value or key of a scanned document.
///
/// The tokens of a document lie in one flat array in reading order: a container is followed by what it holds, a key by
/// its value. The text itself stays in the document.
struct JSONToken {
    enum Kind: UInt8 {
        case null, `true`, `false`
        /// Digits with perhaps a minus sign, no fraction and no exponent.
        case integer
        /// A number with a fraction or an exponent.
        case fraction
        /// A string, or a key, without escapes: its bytes are its text.
        case plainText
        /// A string, or a key, with escapes.
        case escapedText
        case array, object
    }

    var kind: Kind
    /// Of a string: the first byte after the quote. Of anything else: the first byte.
    var start: UInt32
    /// One past the last byte of the text, without a string's closing quote.
    var end: UInt32
    /// The token after this one and all that it holds; while a container is open, the container around it.
    var next: UInt32
    /// Elements of an array, members of an object.
    var count: UInt32
}
