/// One command of a pipelined group: a text, its values, and by which name it is prepared.
struct PipelinedCommand: Sendable {
    enum Kind: Sendable {
        case execute
        /// Asks for the types of parameters and columns.
        case describe
    }

    /// What the prepared statement is remembered by; `nil` for a text that is parsed anew each time.
    let identity: ObjectIdentifier?
    let sql: String
    let parameters: Parameters
    let kind: Kind

    init<S: Statement>(_ statement: S, kind: Kind = .execute) {
        var parameters = Parameters()
        statement.bind(to: &parameters)
        identity = ObjectIdentifier(S.self)
        sql = S.sql
        self.parameters = parameters
        self.kind = kind
    }

    init(sql: String, parameters: Parameters = Parameters()) {
        identity = nil
        self.sql = sql
        self.parameters = parameters
        kind = .execute
    }
}

/// The names under which a connection has prepared its statements.
struct StatementNames {
    private var names: [ObjectIdentifier: String] = [:]
    private var identities: [String: ObjectIdentifier] = [:]
    private var count = 0

    /// The name of a command's statement, and whether it is yet to be prepared. Names are never used twice.
    mutating func name(of command: PipelinedCommand) -> (name: String, isNew: Bool) {
        guard let identity = command.identity else { return ("", true) }
        if let name = names[identity] { return (name, false) }
        count += 1
        let name = "y\(count)"
        names[identity] = name
        identities[name] = identity
        return (name, true)
    }

    /// The statement of this name is not prepared after all.
    mutating func forget(_ name: String) {
        if let identity = identities.removeValue(forKey: name) { names[identity] = nil }
    }

    /// No statement is known to be as it was prepared.
    mutating func forgetAll() {
        names = [:]
        identities = [:]
    }
}
