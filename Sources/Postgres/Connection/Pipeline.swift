/// Several statements that go to the server in one round trip, in their order; which ones, the caller decides at run time.
///
/// The first that fails keeps the later ones from running. They are atomic only inside a transaction.
public struct Pipeline: Sendable {
    /// Where the rows of one of its statements will be found.
    public struct Place<S: Statement>: Sendable {
        fileprivate let index: Int
    }

    /// What the statements gave.
    public struct Answers: Sendable {
        fileprivate let results: ArraySlice<QueryResult>

        init(results: ArraySlice<QueryResult>) {
            self.results = results
        }

        /// The rows of the statement at a place; none when it was not asked.
        public func rows<S: Statement>(of place: Place<S>?) throws(PostgresError) -> [S.Row] {
            guard let place else { return [] }
            do throws(DecodingFailure) {
                return try results[results.startIndex + place.index].rows(S.decode)
            } catch {
                throw .decoding(error, statement: "\(S.self)")
            }
        }
    }

    private(set) var commands: [PipelinedCommand] = []

    /// No statement yet.
    public init() {}

    /// Adds a statement, and says where its rows will be.
    @discardableResult
    public mutating func add<S: Statement>(_ statement: S) -> Place<S> {
        commands.append(PipelinedCommand(statement))
        return Place(index: commands.count - 1)
    }
}

extension Transaction {
    /// Runs the statements in one round trip.
    public func run(_ pipeline: Pipeline) async throws(PostgresError) -> Pipeline.Answers {
        Pipeline.Answers(results: try await connection.perform(pipeline.commands, deadline: nil).results[...])
    }
}
