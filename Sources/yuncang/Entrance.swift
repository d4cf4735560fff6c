internal import Glibc

/// Where the program starts.
@main
enum Entrance {
    static func main() async {
        StandardDescriptors.occupy()
        let environment = Environment.process
        let status = await Invocation(
            root: Yuncang.self,
            arguments: Array(CommandLine.arguments.dropFirst()),
            environment: environment,
            standardOutput: .descriptor(STDOUT_FILENO, environment: environment),
            standardError: .descriptor(STDERR_FILENO, environment: environment)
        ).run()
        exit(status.rawValue)
    }
}
