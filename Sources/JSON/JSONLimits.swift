/// The bounds that a document must keep, whatever it declares.
public struct JSONLimits: Sendable, Hashable {
    /// Bytes of one document.
    public var documentBytes: Int
    /// How deep arrays and objects may nest; the outermost one counts as 1.
    public var depth: Int
    /// Values and keys of one document together, which bounds the memory of reading: 20 bytes each.
    public var tokens: Int
    /// Characters of one number as it is written.
    public var numberCharacters: Int
    /// Problems listed in one answer; reading goes on silently after that many.
    public var problems: Int

    /// Bounds that fit a request body; a route that takes more says so.
    public init(
        documentBytes: Int = 1 << 20,
        depth: Int = 32,
        tokens: Int = 1 << 18,
        numberCharacters: Int = 64,
        problems: Int = 20
    ) {
        precondition(documentBytes < Int(UInt32.max), "offsets are kept in 32 bits")
        self.documentBytes = documentBytes
        self.depth = depth
        self.tokens = tokens
        self.numberCharacters = numberCharacters
        self.problems = problems
    }
}
