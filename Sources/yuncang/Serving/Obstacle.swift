internal import CloudWarehouse
internal import Postgres

/// What keeps a base from being served, and whether that may pass by itself.
struct Obstacle: Error {
    /// The same, for people.
    let failure: CommandFailure
    /// Whether waiting may help: the database comes up, somebody migrates it, or creates the base.
    let mayPass: Bool

    /// An obstacle with these fields.
    init(_ failure: CommandFailure, mayPass: Bool) {
        self.failure = failure
        self.mayPass = mayPass
    }

    /// What an error means to a service.
    init(_ error: any Error) {
        switch error {
        case let obstacle as Obstacle: self = obstacle
        case let error as PostgresError: self.init(error)
        case let refusal as BaseChoice.Refusal: self.init(refusal.commandFailure, mayPass: refusal.canHeal)
        case InstallationError.database(let error): self.init(error)
        case let error as InstallationError:
            let mayPass = if case .notInstalled = error { true } else { false }
            self.init(error.commandFailure, mayPass: mayPass)
        default: self.init(CommandFailure(error), mayPass: false)
        }
    }

    private init(_ error: PostgresError) {
        switch error {
        case .connect(let failure), .pool(.deadlineExceeded(lastFailure: let failure?)):
            self.init(failure.commandFailure, mayPass: failure.mayPass)
        case .server(let refusal):
            // Class 42: a right, a table or a column that is missing; nobody adds one by waiting.
            self.init(error.commandFailure, mayPass: refusal.sqlState.category != "42")
        case .decoding, .misuse: self.init(error.commandFailure, mayPass: false)
        default: self.init(error.commandFailure, mayPass: true)
        }
    }

    /// What stands in the way when a schema is in this condition; nil when nothing does.
    init?(_ condition: SchemaCondition) {
        switch condition.state {
        case .current: return nil
        case .pending(let names): self.init(.pending(names, in: condition.schema), mayPass: true)
        case .unusable(let failure): self.init(failure.commandFailure(in: condition.schema), mayPass: false)
        }
    }

    /// What, and what to do, for `/readyz`: without the reason, which may name hosts and roles and belongs into the log.
    var notice: String { Self.notice(failure) }

    /// What, and what to do, in one sentence.
    static func notice(_ failure: CommandFailure) -> String {
        let what = failure.what.en.prefix(1).uppercased() + failure.what.en.dropFirst()
        let command = failure.next.first.map { " (\($0.command))" } ?? ""
        return failure.remedy.map { "\(what): \($0.en)\(command)" } ?? what + command
    }
}
