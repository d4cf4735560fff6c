/// A value that the domain does not admit, in words that a person can act on.
public struct InvalidValue: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what would be right, without the value itself, which may hold anything.
    public let description: String

    /// A refusal in these words.
    public init(_ description: String) {
        self.description = description
    }
}
