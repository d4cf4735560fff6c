import ArgumentParser

@testable import yuncang

/// The outcome of one call of a command in a pipe.
struct Call {
    let status: ExitStatus
    let output: String
    let error: String

    static func make(
        _ arguments: [String], of root: any ParsableCommand.Type = Market.self,
        environment: [String: String] = [:], refusal: SinkFailure? = nil
    ) async -> Call {
        let output = MemorySink(refusal: refusal)
        let error = MemorySink()
        let status = await Invocation(
            root: root, arguments: arguments, environment: Environment(environment),
            standardOutput: Channel(sink: output, surface: .pipe, isTerminal: false),
            standardError: Channel(sink: error, surface: .pipe, isTerminal: false)
        ).run()
        return Call(status: status, output: output.text, error: error.text)
    }
}
