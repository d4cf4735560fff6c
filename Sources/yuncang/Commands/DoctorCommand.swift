internal import ArgumentParser
internal import EventLoop
internal import HTTPServer

/// `yuncang doctor`
struct DoctorCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: Text(
                en: "Say what is wrong with this installation, and what to do.", zh: "检查安装有什么问题，以及如何处理。"
            ).current,
            discussion: Text(
                en: """
                    Changes nothing, and any role may run it; with YUNCANG_OWNER_URL it looks at that connection too. \
                    Exits with 0 if there is no problem (a warning is none), and with 3 if there is one, also when the \
                    database cannot be reached.
                    """,
                zh: """
                    不做任何更改，任何角色都可以运行；设置了 YUNCANG_OWNER_URL 时也检查该连接。没有问题时以 0 退出\
                    （注意事项不算问题），有问题时以 3 退出，数据库无法连接时也是如此。
                    """
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Where serve is to listen.", zh: "serve 的监听地址。", valueName: "address:port"))
    var listen = ServiceSettings.usualAddress

    @Option(
        help: ArgumentHelp(
            en: "Connections to the database that serve is to make.", zh: "serve 要建立的数据库连接数。", valueName: "number"))
    var connections = ServiceSettings.usualConnections

    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let address = try SocketAddress(argument: listen)
        guard (ServiceSettings.connectionsAtLeast(loops: 1)...ServiceSettings.connectionsAtMost).contains(connections)
        else {
            throw ServiceSettings.wrongConnections(connections)
        }
        let service = try server.location(in: context.environment)
        let owner = context.environment[.ownerURL].map {
            DatabaseLocation(connectionString: $0, source: .environment(.ownerURL))
        }
        let loop = try EventLoop.start(name: "doctor")
        let diagnoses =
            [OpenFilesCheck.ofThisProcess(connections: connections).diagnosis]
            + [RecipientKeysCheck(environment: context.environment).diagnosis]
            + [await ListenerCheck(address: address, loop: loop).run()]
            + (await DatabaseDiagnosis(service: service, owner: owner, connections: connections, loop: loop).run())
        await loop.shutDown()
        let report = DiagnosisReport(diagnoses: diagnoses)
        context.output.show(report)
        return report.status
    }
}
