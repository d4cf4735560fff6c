internal import ArgumentParser
internal import CloudWarehouse
internal import EventLoop
internal import JSON
internal import Postgres

/// `yuncang stock watch [--sku CODE]`
struct StockWatchCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "watch",
            abstract: Text(en: "Follow the stock: one line per change.", zh: "跟踪库存：每次变化一行。").current,
            discussion: Text(
                en: """
                    Shows what there is of --sku first, then each change, until Ctrl-C. Of several changes that follow each \
                    other at once only the last may be shown; it is always the newest.
                    """,
                zh: """
                    指定 --sku 时先显示其现有库存，然后显示每次变化，直到 Ctrl-C。\
                    紧接着发生的多次变化可能只显示最后一次；显示的总是最新的。
                    """
            ).current)
    }

    @Option(help: ArgumentHelp(en: "Only this SKU.", zh: "只看这个 SKU。", valueName: "code"))
    var sku: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let sku = try sku.map { text throws(CommandFailure) in try SKUCode(argument: text) }
        let location = try database.location(in: context.environment)
        try await DatabaseAccess.at(location) { access in
            try await access.withBase(database.baseName(in: context.environment)) { open in
                let signals = try StopSignals()
                await watch(sku, in: open, at: access, until: signals, on: context.output)
            }
        }
        return .success
    }

    private func watch(
        _ sku: SKUCode?, in open: OpenBase, at access: DatabaseAccess, until signals: StopSignals, on output: Output
    ) async {
        let loop = open.pool.loop
        let waiting = Task(executorPreference: loop) { await signals.wait(on: loop) }
        let display = StockDisplay(sku: sku, output: output, whenUnread: waiting.cancel)
        let feed = StockFeed(
            [StockBoard()], pool: open.pool, listening: (access.options, open.base.schema), logger: open.pool.logger,
            watcher: { display.hear($0) })
        let feeding = Task(executorPreference: loop) { await feed.run() }
        await waiting.value
        await feed.close()
        await feeding.value
    }
}

/// Shows what a feed tells, as far as it is asked for.
private final class StockDisplay: Sendable {
    private let sku: SKUCode?
    private let output: Output
    private let whenUnread: @Sendable () -> Void
    private let known = Lock((freshness: Freshness.unread, toldOfLoss: false))

    /// - Parameter whenUnread: called when nobody reads the output any more.
    init(sku: SKUCode?, output: Output, whenUnread: @escaping @Sendable () -> Void) {
        self.sku = sku
        self.output = output
        self.whenUnread = whenUnread
    }

    func hear(_ news: StockFeed.News) {
        switch news {
        case .changed(let levels): show(levels)
        case .freshness(let freshness): if let (text, role) = notice(of: freshness) { output.note(text, role) }
        }
    }

    /// The first reading tells of every level, which only one who asks for a single SKU wants to see.
    private func show(_ levels: [StockLevel]) {
        if sku == nil, known.withLock({ $0.freshness }) == .unread { return }
        for level in levels where sku == nil || level.position.sku == sku { output.show(StockChange(level: level)) }
        if output.isUnread { whenUnread() }
    }

    /// What is to be said about a new freshness; at the beginning it may change without a loss.
    private func notice(of freshness: Freshness) -> (Text, Role)? {
        known.withLock { known in
            defer { known.freshness = freshness }
            switch (known.freshness, freshness) {
            case (.unread, _): return (Text(en: "watching; Ctrl-C ends it", zh: "正在跟踪；按 Ctrl-C 结束"), .quiet)
            case (.current, .stale):
                known.toldOfLoss = true
                return (
                    Text(
                        en: "the database does not tell of changes now; trying again",
                        zh: "数据库暂时没有告知变化，正在重试"), .warning
                )
            case (.stale, .current) where known.toldOfLoss:
                return (Text(en: "all changes are shown again", zh: "已恢复，所有变化都会显示"), .good)
            default: return nil
            }
        }
    }
}

/// A level that has changed.
private struct StockChange: Presentable {
    let level: StockLevel

    func show(on page: inout Page) {
        let (position, counters) = (level.position, level.counters)
        let unit = level.unit == .gram ? Text(en: " g", zh: " 克") : Text(en: "", zh: " 件")
        let rest = Text(
            en: "sellable \(counters.sellable), held \(counters.held), committed \(counters.committed), "
                + "allotted \(counters.allotted)",
            zh: "可售总量 \(counters.sellable)，占用 \(counters.held)，已付 \(counters.committed)，"
                + "场次预留 \(counters.allotted)")
        page.line(
            StyledText("\(position.sku)", .heading), StyledText(" \(level.name.rawValue)  "),
            StyledText("\(position.warehouse) \(position.ownerWords.text)  ", .quiet),
            StyledText(Text(en: "available ", zh: "可售 ").current),
            StyledText("\(counters.available)\(unit.current)", counters.available > 0 ? .good : .warning),
            StyledText("  \(rest.current)", .quiet))
    }

    func write(to json: inout JSONWriter) {
        level.write(to: &json)
    }
}
