internal import ArgumentParser

/// A command that does something.
///
/// Its failures are thrown: as ``CommandFailure``, as an ``ExplainedFailure``, or, if unforeseen, as any error.
protocol ConsoleCommand: ParsableCommand {
    /// Declared by every command, so that its help lists them.
    var global: GlobalOptions { get }

    /// Does the work, prints through the context's output and says how it ended.
    func run(in context: CommandContext) async throws -> ExitStatus
}

/// What a command may use of the world.
struct CommandContext: Sendable {
    /// Everything that the command shows.
    let output: Output
    /// Settings.
    let environment: Environment
}
