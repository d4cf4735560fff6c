internal import ArgumentParser
internal import JSON

/// `yuncang version`
struct VersionCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "version",
            abstract: Text(en: "Show the version.", zh: "显示版本。").current)
    }

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        context.output.show(Answer(version: Version.current))
        return .success
    }

    private struct Answer: Presentable {
        let version: String

        func show(on page: inout Page) {
            page.line("yuncang ", StyledText(version, .heading))
        }

        func write(to json: inout JSONWriter) {
            json.beginObject()
            json.key("version")
            json.string(version)
            json.endObject()
        }
    }
}
