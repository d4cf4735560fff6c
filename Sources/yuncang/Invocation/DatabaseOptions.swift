internal import ArgumentParser

/// Where the data is: options of every command that works in a base.
struct DatabaseOptions: ParsableArguments {
    /// Where PostgreSQL is.
    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    /// The base to work in.
    @Option(
        help: ArgumentHelp(
            en: "The base to work in; else YUNCANG_BASE, else the only one.",
            zh: "要操作的直播基地；不指定时取 YUNCANG_BASE，再取唯一的那个。",
            valueName: "key"))
    var base: String?

    /// The title of their section in help.
    static var title: String { ServerOptions.title }

    /// Where the database is.
    func location(in environment: Environment) throws(CommandFailure) -> DatabaseLocation {
        try server.location(in: environment)
    }

    /// The base's key, by option or YUNCANG_BASE; nil when neither says one.
    func baseName(in environment: Environment) -> String? {
        base ?? environment[.base]
    }
}
