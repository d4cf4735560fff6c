import ArgumentParser
import JSON

@testable import yuncang

/// A command tree for tests: groups, positional arguments, options with and without values, failures.
struct Market: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "market",
            abstract: Text(en: "A market.", zh: "集市。").current,
            version: "1.2.3",
            subcommands: [Stock.self, Stall.self, Verify.self])
    }

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions
}

struct Stock: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stock",
            abstract: Text(en: "Stock.", zh: "库存。").current,
            subcommands: [StockShow.self])
    }
}

struct StockShow: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show what is left.", zh: "查看余量。").current)
    }

    @Option(help: ArgumentHelp(en: "At most so many rows.", zh: "最多显示的行数。"))
    var limit: Int = 20

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        _ = try database.location(in: context.environment)
        context.output.show(StockList.sample)
        context.output.hint(NextStep(command: "market verify", purpose: Text(en: "check the sums", zh: "核对总数")))
        return .success
    }
}

struct Stall: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stall",
            abstract: Text(en: "Stalls.", zh: "摊位。").current,
            subcommands: [StallCreate.self])
    }
}

struct StallCreate: ConsoleCommand {
    enum Trade: String, CaseIterable, ExpressibleByArgument {
        case melons, rice, taro, pears, mushrooms, asparagus
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Text(en: "Open a stall.", zh: "开设摊位。").current)
    }

    @Argument(help: ArgumentHelp(en: "The stall's name.", zh: "摊位名称。"))
    var name: String

    @Option(help: ArgumentHelp(en: "What it sells.", zh: "经营品种。"))
    var trade: Trade = .rice

    @Flag(exclusivity: .exclusive, help: ArgumentHelp(en: "Under a roof, or not.", zh: "室内或露天。"))
    var place: Place = .inside

    enum Place: String, EnumerableFlag {
        case inside, outside
    }

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func validate() throws {
        if name.isEmpty { throw ValidationError(Text(en: "a stall needs a name", zh: "摊位要有名称").current) }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        throw CommandFailure(
            .unavailable,
            what: Text(en: "the database cannot be reached", zh: "数据库无法连接"),
            why: .verbatim("postgres://u:geheim@h/d: refused\nerror: \u{1B}[2Jforged"),
            remedy: Text(en: "start PostgreSQL", zh: "启动 PostgreSQL"),
            next: [NextStep(command: "market verify", purpose: Text(en: "check", zh: "检查"))])
    }
}

struct Verify: ConsoleCommand {
    struct Surprise: Error {}

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: Text(en: "Check the sums.", zh: "核对总数。").current)
    }

    @Flag(help: ArgumentHelp(en: "Meet something unforeseen.", zh: "遇到意外。"))
    var surprise = false

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        if surprise { throw Surprise() }
        return .differences
    }
}

/// Some stock with a hostile name.
struct StockList: Presentable {
    let rows: [(code: String, name: String, left: Int)]

    static let sample = StockList(rows: [
        ("T-1", "台孙金蝉", 1200), ("Y-12", "melons 🍈", 7), ("X-9", "芦笋\u{1B}[31m\n\u{202E}", 0),
    ])

    func show(on page: inout Page) {
        var table = Table([
            .words(Text(en: "CODE", zh: "编码")), .words(Text(en: "NAME", zh: "品名")),
            .numbers(Text(en: "LEFT", zh: "余量")),
        ])
        for row in rows {
            table.append([StyledText(row.code), StyledText(row.name), StyledText(String(row.left))])
        }
        page.table(table, whenEmpty: Text(en: "no stock", zh: "没有库存"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for row in rows {
            json.beginObject()
            json.key("code")
            json.string(row.code)
            json.key("name")
            json.string(row.name)
            json.key("left")
            json.integer(Int64(row.left))
            json.endObject()
        }
        json.endArray()
    }
}
