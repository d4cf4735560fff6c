public import ArgumentParser
internal import CloudWarehouse
internal import CoreMetrics
internal import Glibc
public import HTTPServer
internal import JSON
internal import Logging
internal import WarehouseAPI

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

    @Option(
        help: ArgumentHelp(
            en: "Where to listen: address:port, or unix:/path; may be repeated; else \(ServiceSettings.usualAddress).",
            zh: "监听的位置：地址:端口，或 unix:/路径；可重复；不指定时为 \(ServiceSettings.usualAddress)。",
            valueName: "address"))
    var listen: [String] = []

    @Option(
        help: ArgumentHelp(
            en: "Permissions of a socket at a path: who may write may connect.", zh: "路径套接字的权限：可写者可连接。",
            valueName: "octal"))
    var socketMode = "660"

    @Option(
        help: ArgumentHelp(
            en:
                "Proxies whose word counts about whom they forward for: addresses, networks, unix; separated by commas.",
            zh: "可信的反向代理，采信其转发字段：地址、网段或 unix，用逗号分隔。", valueName: "addresses"))
    var trustProxy: [String] = []

    @Option(
        help: ArgumentHelp(
            en: "Which fields they write; the others mean nothing.", zh: "代理写入哪种转发字段；其余一概不采信。"))
    var proxyFields = ProxyTrust.Fields.xForwarded

    @Option(
        help: ArgumentHelp(
            en: "Connections that one address may have at once; this machine and proxies are exempt.",
            zh: "同一地址可同时保持的连接数；本机和可信代理除外。", valueName: "number"))
    var connectionsPerAddress = HTTPServer.Limits().connectionsPerAddress

    @Option(help: ArgumentHelp(en: "Threads that serve.", zh: "提供服务的线程数。", valueName: "number"))
    var loops = 1

    @Option(
        help: ArgumentHelp(
            en:
                "Connections to the database, of all threads together, beside the one that listens: at least one each and two for orders.",
            zh: "到数据库的连接数，所有线程合计，至少每线程一个、另加订单用的两个；监听通知的一个不计在内。",
            valueName: "number"))
    var connections = ServiceSettings.usualConnections

    @Option(
        help: ArgumentHelp(
            en: "Seconds for which /readyz answers 503 before the end, while everything is still served.",
            zh: "结束前 /readyz 先回答 503 的秒数，其间照常服务。", valueName: "seconds"))
    var drainDelay = 0

    @Option(
        help: ArgumentHelp(
            en: "Seconds that requests in flight have to finish, in the end.", zh: "结束时留给未完成请求的秒数。",
            valueName: "seconds"))
    var drainLimit = HTTPServer.Limits().drainMilliseconds / 1_000

    @Option(
        help: ArgumentHelp(
            en:
                "Where a line about each request goes: a file, - for standard output, or off; SIGHUP opens a file anew.",
            zh: "每个请求记一行的去处：文件、-（标准输出）或 off；SIGHUP 使文件重新打开。", valueName: "file"))
    var accessLog = AccessLogSetting.usual

    @Option(
        help: ArgumentHelp(
            en: "How its lines are written: json or logfmt.", zh: "行的格式：json 或 logfmt。", valueName: "format"))
    var accessLogFormat = "json"

    @Option(
        help: ArgumentHelp(
            en: "Where GET /metrics tells Prometheus how it is doing: an address of this machine; else nowhere.",
            zh: "供 Prometheus 抓取 GET /metrics 的本机地址；不写则不提供。", valueName: "address:port"))
    var metricsListen: String?

    @Option(
        help: ArgumentHelp(
            en: "Requests of one token a second, a second's worth at once; 0 for no limit.",
            zh: "每个令牌每秒的请求数，可一次用完一秒的量；0 表示不限。", valueName: "number"))
    var ratePerKey = 20_000

    @Option(
        help: ArgumentHelp(
            en: "Requests from one address a second, a second's worth at once; 0 for no limit.",
            zh: "每个客户端地址每秒的请求数，可一次用完一秒的量；0 表示不限。", valueName: "number"))
    var ratePerAddress = 20_000

    @Option(
        help: ArgumentHelp(
            en: "Requests from one address a minute that show no good token; 0 for no limit.",
            zh: "每个客户端地址每分钟令牌无效的请求数；0 表示不限。", valueName: "number"))
    var failedSignIns = 10

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try settings(in: context.environment)
        try settings.check()
        MetricsSystem.bootstrap(settings.registry)
        if let key = settings.base { _ = try BaseKey(argument: key) }
        let service = try await Service.listening(
            settings, logger: Logger(label: "yuncang", factory: { NeutralLogHandler(.standardError(label: $0)) }))
        let signals = try StopSignals()
        let urls = service.endpoints.map(\.url)
        try service.heedReopening()
        // Whoever reads the log may go away; that is no reason to stop serving.
        signal(SIGPIPE, SIG_IGN)
        let metrics = service.metricsAddress.map { "http://\($0)/metrics" }
        for url in urls {
            context.output.show(ServiceEvent(name: "listening", url: url, metrics: metrics, base: nil))
        }
        try await service.run(
            until: { await signals.wait(on: $0) },
            opened: { context.output.show(ServiceEvent(name: "ready", url: urls[0], metrics: nil, base: $0)) })
        return .success
    }

    private func settings(in environment: Environment) throws -> ServiceSettings {
        guard let mode = UInt32(socketMode, radix: 8), mode <= 0o777 else {
            throw CommandFailure.invalid(
                socketMode,
                rule: Text(
                    en: "--socket-mode takes permissions in octal, such as 660", zh: "--socket-mode 要八进制权限，例如 660"))
        }
        var settings = ServiceSettings(
            endpoints: try (listen.isEmpty ? [ServiceSettings.usualAddress] : listen).map {
                try Endpoint(argument: $0, mode: mode)
            },
            base: database.baseName(in: environment), loops: loops, connections: connections,
            database: try database.location(in: environment).connectionOptions(),
            recipientKeys: try RecipientKeys(in: environment))
        settings.trust = try ProxyTrust(arguments: trustProxy, fields: proxyFields)
        settings.http.connectionsPerAddress = connectionsPerAddress
        settings.http.drainMilliseconds = drainLimit.multipliedReportingOverflow(by: 1_000).partialValue
        settings.drainDelay = .seconds(drainDelay)
        settings.accessLog = try AccessLogSetting(argument: accessLog, format: accessLogFormat)
        settings.rates = RateLimits(
            perKey: try ServiceSettings.rate(perSecond: ratePerKey, option: "--rate-per-key"),
            perAddress: try ServiceSettings.rate(perSecond: ratePerAddress, option: "--rate-per-address"),
            failedSignIns: try ServiceSettings.failures(perMinute: failedSignIns))
        settings.metricsAddress = try metricsListen.map { text throws(CommandFailure) in
            try SocketAddress(metricsArgument: text)
        }
        return settings
    }
}

extension ProxyTrust.Fields: ExpressibleByArgument {}

/// A step of a service's life, told to whoever started it.
private struct ServiceEvent: Presentable {
    /// `listening` or `ready`.
    let name: String
    let url: String
    /// Where metrics are served; nil: nowhere.
    let metrics: String?
    /// The base that is served from now on.
    let base: Base?

    func show(on page: inout Page) {
        if let base {
            page.line(
                StyledText(Text(en: "ready: ", zh: "就绪：").current, .good), StyledText(base.name.rawValue, .heading),
                StyledText(" (\(base.key)) "), StyledText(url, .command))
        } else {
            page.line(StyledText(Text(en: "listening on ", zh: "监听 ").current), StyledText(url, .command))
            if let metrics {
                page.line(StyledText(Text(en: "metrics at ", zh: "指标在 ").current), StyledText(metrics, .command))
            }
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("event", name)
        json.member("url", url)
        if let metrics { json.member("metrics", metrics) }
        if let base { json.member("base", base.key.rawValue) }
        json.endObject()
    }
}
