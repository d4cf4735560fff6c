internal import ArgumentParser
internal import CloudWarehouse
internal import HTTPServer
internal import JSON
internal import Logging

/// `yuncang serve`
struct ServeCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve",
            abstract: Text(en: "Serve a base over HTTP.", zh: "通过 HTTP 提供直播基地的服务。").current,
            discussion: Text(
                en: """
                    Runs as the role yuncang_service, until Ctrl-C or SIGTERM. While the database is down, not migrated, or \
                    without the base, it waits: /livez answers 200, /readyz 503 with the reason and what to do.
                    """,
                zh: """
                    以角色 yuncang_service 运行，直到 Ctrl-C 或 SIGTERM。数据库未启动、尚未迁移或没有该直播基地时，\
                    它会等待：/livez 回答 200，/readyz 回答 503 并说明原因和办法。
                    """
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Where to listen.", zh: "监听地址。", valueName: "address:port"))
    var listen = ServiceSettings.usualAddress

    @Option(help: ArgumentHelp(en: "Threads that serve.", zh: "提供服务的线程数。", valueName: "number"))
    var loops = 1

    @Option(
        help: ArgumentHelp(
            en: "Connections to the database, of all threads together.", zh: "到数据库的连接数，所有线程合计。",
            valueName: "number"))
    var connections = ServiceSettings.usualConnections

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = ServiceSettings(
            address: try SocketAddress(argument: listen), base: database.baseName(in: context.environment),
            loops: loops,
            connections: connections,
            database: try database.location(in: context.environment).connectionOptions())
        try settings.check()
        if let key = settings.base { _ = try BaseKey(argument: key) }
        let service = try await Service.listening(
            settings, logger: Logger(label: "yuncang", factory: { StreamLogHandler.standardError(label: $0) }))
        let signals = try StopSignals()
        let url = "http://\(service.address)"
        context.output.show(ServiceEvent(name: "listening", url: url, base: nil))
        try await service.run(
            until: { await signals.wait(on: $0) },
            opened: { base in context.output.show(ServiceEvent(name: "ready", url: url, base: base)) })
        return .success
    }
}

/// A step of a service's life, told to whoever started it.
private struct ServiceEvent: Presentable {
    /// `listening` or `ready`.
    let name: String
    let url: String
    /// The base that is served from now on.
    let base: Base?

    func show(on page: inout Page) {
        if let base {
            page.line(
                StyledText(Text(en: "ready: ", zh: "就绪：").current, .good), StyledText(base.name.rawValue, .heading),
                StyledText(" (\(base.key)) "), StyledText(url, .command))
        } else {
            page.line(StyledText(Text(en: "listening on ", zh: "监听 ").current), StyledText(url, .command))
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("event", name)
        json.member("url", url)
        if let base { json.member("base", base.key.rawValue) }
        json.endObject()
    }
}
