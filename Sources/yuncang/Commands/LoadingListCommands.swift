internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang loading list`
struct LoadingListCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text(en: "List loadings, the newest first.", zh: "列出装卸单，最新的在前。").current)
    }

    @Option(help: ArgumentHelp(en: "Only those that have come so far.", zh: "只看这个状态的。", valueName: "state"))
    var state: LoadingState?

    @Option(help: ArgumentHelp(en: "Only those at this warehouse.", zh: "只看这个仓库的。", valueName: "code"))
    var warehouse: String?

    @OptionGroup(title: PageOptions.title)
    var page: PageOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try warehouse.map { text throws(CommandFailure) in try WarehouseCode(argument: text) }
        let (after, limit) = (try page.id(of: Loading.self), try page.limit(atMost: Stock.maximumLoadings))
        let (listed, times) = try await database.withBase(in: context) { base in
            let listed = try await base.stock.loadings(in: state, at: code, before: after, limit: limit)
            return (listed, try await base.times(of: listed.loadings.flatMap(\.instants)))
        }
        context.output.show(LoadingTable(loadings: listed.loadings, times: times))
        if let next = listed.next {
            context.output.more(
                NextPage(
                    "loading list", after: next.description, limit: limit,
                    filters: [("--state", state?.rawValue), ("--warehouse", warehouse)], database: database,
                    global: global))
        }
        return .success
    }
}

/// `yuncang loading show <reference>`
struct LoadingShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: Text(en: "Show one loading with its people.", zh: "查看一张装卸单及其人员。").current)
    }

    @Argument(help: ArgumentHelp(en: "What the loading is known by.", zh: "装卸单号。"))
    var reference: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let (details, times) = try await database.withBase(in: context) { base in
            guard let details = try await base.stock.loading(reference) else {
                throw StockError.loadingStays(.unknown)
            }
            return (details, try await base.times(of: details.summary.instants))
        }
        context.output.show(LoadingDescription(details: details, times: times))
        return .success
    }
}

/// `yuncang loading day [<date>]`
struct LoadingDayCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "day",
            abstract: Text(
                en: "What was loaded and unloaded on a day, by person and by loading.", zh: "某一天的装卸日报：按人、按单。"
            )
            .current,
            discussion: Text(
                en: """
                    A loading counts on the day at the base on which it ended. What it moved is shared evenly among its \\
                    people; what does not divide goes to those who were named first.
                    """,
                zh: "按基地当地的完工日期统计。数量由参与的人平分；除不尽的归先登记的人。"
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "Which day; else today.", zh: "哪一天；不写则为今天。", valueName: "date"))
    var day: String?

    @Option(help: ArgumentHelp(en: "Only those at this warehouse.", zh: "只看这个仓库的。", valueName: "code"))
    var warehouse: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let day = try day.map { text throws(CommandFailure) in try CalendarDate(argument: text) }
        let code = try warehouse.map { text throws(CommandFailure) in try WarehouseCode(argument: text) }
        let (report, times) = try await database.withBase(in: context) { base in
            let report = try await base.stock.loadingDay(day, at: code)
            return (report, try await base.times(of: report.loadings.flatMap(\.instants)))
        }
        context.output.show(LoadingDayDescription(report: report, times: times))
        return .success
    }
}
