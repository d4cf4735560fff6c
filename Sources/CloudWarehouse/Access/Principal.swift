/// Who acts, and from where: what the audit log records of every change that a person makes.
public struct Principal: Hashable, Sendable {
    /// The person's or the program's name, 1 to 128 characters.
    public let name: String
    /// The address or the terminal, 1 to 128 characters.
    public let origin: String

    /// Takes both, or says what the rule is.
    public init(name: String, origin: String) throws(InvalidValue) {
        guard name.isPlainText(atMost: 128), origin.isPlainText(atMost: 128) else {
            throw InvalidValue("a name and an origin have 1 to 128 characters and no control characters")
        }
        self.name = name
        self.origin = origin
    }
}
