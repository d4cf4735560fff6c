/// One step of a schema's history: a file of `sql/`, embedded into the binary.
public struct Migration: Hashable, Sendable {
    /// The file's name without its ending, such as `m0001_places`. It is recorded, so it never changes.
    public let name: String
    /// The file's text: several statements, to be run in one transaction.
    public let sql: String

    /// Makes a migration from a text, as tests of a runner need it.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    init(name: String, embedded: [UInt8]) {
        self.init(name: name, sql: String(decoding: embedded, as: UTF8.self))
    }
}
