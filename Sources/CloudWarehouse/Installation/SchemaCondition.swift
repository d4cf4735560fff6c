/// How one PostgreSQL schema stands to the migrations that this binary carries.
public struct SchemaCondition: Sendable {
    /// What this binary can do with the schema.
    public enum State: Sendable {
        /// Every migration has run.
        case current
        /// These are yet to run, in this order; all of them when the schema is not there.
        case pending([String])
        /// What has run does not fit this binary.
        case unusable(MigrationFailure)
    }

    /// The schema.
    public let schema: String
    /// What this binary can do with it.
    public let state: State

    /// A condition with these fields.
    public init(schema: String, state: State) {
        self.schema = schema
        self.state = state
    }
}
