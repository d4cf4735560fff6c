internal import ArgumentParser
internal import CloudWarehouse
internal import EventLoop
internal import Glibc
internal import HTTPServer
internal import JSON
internal import Postgres

/// `yuncang demo session --sku <code> [--attempts <n>] [--connections <n>] [--seconds <n>] [--report <file>]`
struct DemoSessionCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "session",
            abstract: Text(
                en:
                    "Sell a SKU to a crowd over HTTP until nothing is left, and compare all that was told with the database.",
                zh: "通过 HTTP 把一个单品卖给大量观众直到售完，并把全部应答与数据库核对。"
            ).current,
            discussion: Text(
                en: """
                    Sells everything that there is of the SKU. Viewers come slowly first and then all at once; some pay later, \
                    some call off, some send the same order twice at once. Whoever gets no answer sends the same again: the \
                    service may be killed and started again meanwhile. scripts/demo does all that around it. The token, of role \
                    source, is taken from the file or from YUNCANG_TOKEN.
                    """,
                zh: """
                    卖出该单品的全部可售库存。观众先少后多；有人稍后付款，有人取消，有人同时重复提交。没有得到应答的会重发同一订单：\
                    期间可以杀掉服务再启动。scripts/demo 会完成前后全部步骤。source 角色的令牌取自文件或 YUNCANG_TOKEN。
                    """
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Where the base is served.", zh: "服务的地址。"))
    var url = "http://127.0.0.1:8080"

    @Option(help: ArgumentHelp(en: "What is sold.", zh: "卖哪个单品。", valueName: "code"))
    var sku: String

    @Option(help: ArgumentHelp(en: "The source of the orders, whose token it is.", zh: "订单来源，即令牌所属的来源。"))
    var source = "live"

    @Option(
        help: ArgumentHelp(en: "A file with the token of that source.", zh: "该来源令牌所在的文件。", valueName: "file"),
        completion: .file())
    var sourceTokenFile: String?

    @Option(help: ArgumentHelp(en: "How many viewers order, 1 to 1000000.", zh: "下单的观众数，1 到 1000000。", valueName: "n"))
    var attempts = 10_000

    @Option(help: ArgumentHelp(en: "Over how many connections, 1 to 900.", zh: "连接数，1 到 900。", valueName: "n"))
    var connections = 200

    @Option(
        help: ArgumentHelp(
            en: "Within how many seconds they come, 0 to 3600; 0: all at once.", zh: "在多少秒内到来，0 到 3600；0 表示同时。",
            valueName: "n"))
    var seconds = 30

    @Option(
        help: ArgumentHelp(
            en: "Write the result as a page into a new file.", zh: "把结果写成网页，存为新文件。", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var report: String?

    @Option(
        help: ArgumentHelp(
            en: "A file to make when half is sold; what is written into it then is told in the result.",
            zh: "卖出一半时创建的文件；届时写入其中的文字会出现在结果中。", valueName: "file"),
        completion: .file())
    var halfway: String?

    @Option(
        help: ArgumentHelp(
            en: "What the result says to type for another one.", zh: "结果中给出的重复命令。", valueName: "command"))
    var again: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let address = try SocketAddress(url: url)
        try check(attempts, 1...1_000_000, "--attempts")
        try check(connections, 1...900, "--connections")
        try check(seconds, 0...3_600, "--seconds")
        let orders = SessionOrders(
            name: "session-\(time(nil))-\(Int.random(in: 1_000...9_999))", source: try OrderSource(argument: source),
            sku: try SKUCode(argument: sku))
        let token = try token(in: context)
        if let report, access(report, F_OK) == 0 {
            throw CommandFailure.invalid(
                report, rule: Text(en: "name a file that does not exist yet", zh: "请指定一个尚不存在的文件"))
        }
        let stock = try await database.withBase(in: context) { base in
            try await ServedStock(address: address, token: token, loop: base.pool.loop).greet()
            return try await left(of: orders.sku, in: base)
        }
        guard stock > 0 else {
            throw CommandFailure(
                .failure, what: Text(en: "nothing is left of \(sku)", zh: "\(sku) 已没有可售库存"),
                remedy: Text(en: "receive some first", zh: "请先收货"),
                next: [NextStep(command: "yuncang inbound receive", purpose: Text(en: "take a delivery in", zh: "收货"))])
        }
        let tally = try await sell(orders, stock, at: address, token, context)
        let result = try await database.withBase(in: context) { base in
            try await self.result(of: tally, orders, in: base)
        }
        // The result is shown even if the page cannot be written.
        context.output.show(result)
        if let report { try SmallFile(path: report).create(SessionPage(report: result).document) }
        return result.agrees ? .success : .differences
    }

    private func check(_ number: Int, _ range: ClosedRange<Int>, _ option: String) throws(CommandFailure) {
        guard !range.contains(number) else { return }
        throw .invalid(
            "\(number)",
            rule: Text(
                en: "\(option) is from \(range.lowerBound) to \(range.upperBound)",
                zh: "\(option) 取 \(range.lowerBound) 到 \(range.upperBound)"))
    }

    /// From the file, else from the environment: everybody can read the arguments of a process.
    private func token(in context: CommandContext) throws(CommandFailure) -> String {
        if let sourceTokenFile {
            do throws(SmallFile.Failure) {
                return String(
                    try SmallFile(path: sourceTokenFile).text().split(whereSeparator: \.isWhitespace).first ?? "")
            } catch {
                throw CommandFailure(
                    .noInput, what: Text(en: "the file cannot be read", zh: "文件无法读取"), why: error.text)
            }
        }
        guard let token = context.environment[.token] else {
            throw CommandFailure(
                .usage, what: Text(en: "there is no token", zh: "没有令牌"),
                remedy: Text(
                    en: "name a file with --source-token-file, or set YUNCANG_TOKEN",
                    zh: "请用 --source-token-file 指定文件，或设置 YUNCANG_TOKEN"))
        }
        return token
    }

    // MARK: Selling

    private func sell(
        _ orders: SessionOrders, _ stock: Int64, at address: SocketAddress, _ token: String, _ context: CommandContext
    ) async throws -> SessionTally {
        let plan = SessionPlan(viewers: attempts, over: .seconds(seconds))
        let loop = try EventLoop.start(name: "viewers")
        let run = SessionRun(address: address, token: token, connections: connections, loop: loop, orders: orders)
        var display = context.output.progress(
            Text(en: "viewers", zh: "观众"), total: plan.viewers.count { $0.sendsTwice } + plan.viewers.count,
            isSteady: false)
        let tally = await run.run(plan, stock: stock) { progress in
            for piece in progress.news {
                if case .halfway = piece, let halfway { try? SmallFile(path: halfway).create("") }
                display.erase()
                context.output.note(piece.text, piece.role)
            }
            display.advance(
                to: progress.answered,
                remark: Text(en: "\(max(progress.left, 0)) left", zh: "剩 \(max(progress.left, 0)) 件"))
        }
        await loop.shutDown()
        return tally
    }

    private func left(of sku: SKUCode, in base: OpenBase) async throws -> Int64 {
        try await base.stock.levels(of: sku).reduce(0) { $0 + $1.counters.available }
    }

    // MARK: Comparing

    private func result(
        of tally: SessionTally, _ orders: SessionOrders, in base: OpenBase
    ) async throws -> SessionReport {
        var found: [OrderSummary] = []
        var page = try await base.orders.list(source: orders.source)
        found += page.orders
        while let next = page.next {
            page = try await base.orders.list(before: next, source: orders.source)
            found += page.orders
        }
        found.removeAll { orders.number(of: $0.key.reference) == nil }
        let kept = found.filter { $0.state != .cancelled }.map(\.key.reference)
        let sales = try await Sales(pool: base.pool).total(of: orders.source, references: kept)
        let verification = try await Verification(pool: base.pool).run()
        let record = SessionRecord(
            orders: found, sold: sales.filter { $0.sku == orders.sku }.reduce(0) { $0 + $1.quantity },
            left: try await left(of: orders.sku, in: base), verification: verification)
        let at = verification.extent.at
        return SessionReport(
            tally: tally, audit: SessionAudit(tally, record, of: orders), verification: verification,
            circumstances: SessionReport.Circumstances(
                sku: orders.sku, connections: connections, interruption: interruption,
                time: try await base.times(of: [at]).text(at), machine: .current,
                command: again
                    ?? "yuncang demo session --sku \(sku) --attempts \(attempts) --connections \(connections) --seconds \(seconds)",
                path: report))
    }

    /// What somebody has written about the middle of the session, if anything.
    private var interruption: String? {
        let text = halfway.flatMap { try? SmallFile(path: $0).text() } ?? ""
        return text.split(separator: "\n").first.map { String($0.prefix(200)) }
    }
}

extension SessionDesk.News {
    fileprivate var text: Text {
        switch self {
        case .halfway(let left): Text(en: "half is sold, \(left) left", zh: "已卖出一半，剩 \(left) 件")
        case .interrupted:
            Text(
                en: "nobody is served: whoever waits sends the same order again", zh: "服务中断：等待中的观众重发同一订单")
        case .resumed(let gap):
            Text(
                en: "served again, after \(FigureText.duration(gap))", zh: "服务恢复，中断 \(FigureText.duration(gap))")
        case .soldOut(let moment):
            Text(
                en: "sold out after \(FigureText.duration(moment)); what is called off is sold again",
                zh: "第 \(FigureText.duration(moment)) 售罄；取消退回的会重新卖出")
        case .late(let pieces):
            Text(
                en: "\(Text.count(Int(pieces), "piece")) came back at the end: as many viewers more",
                zh: "最后退回 \(pieces) 件：再来同样多的观众")
        }
    }

    fileprivate var role: Role {
        switch self {
        case .interrupted: .warning
        case .resumed: .good
        default: .plain
        }
    }
}
