internal import ArgumentParser

/// Options that every command takes, before or after the command's name.
struct GlobalOptions: ParsableArguments {
    /// For programs: JSON on standard output, failures as JSON on standard error.
    @Flag(
        help: ArgumentHelp(
            en: "Print JSON for programs instead of text for people.",
            zh: "输出供程序使用的 JSON，而不是供人阅读的文字。"))
    var json = false

    /// Settings for one of several installations.
    @Option(
        help: ArgumentHelp(
            en: "Settings by name, from ~/.config/yuncang/NAME.env; else YUNCANG_PROFILE.",
            zh: "按名称取设置，来自 ~/.config/yuncang/NAME.env；不指定时取 YUNCANG_PROFILE。", valueName: "name"))
    var profile: String?

    /// What goes on underneath, such as a connection that broke and was made anew.
    @Flag(
        help: ArgumentHelp(
            en: "Log to standard error what goes on with the database.", zh: "把与数据库之间发生的事记录到标准错误。"))
    var verbose = false

    /// Read before parsing by ``Language/requested(in:)``; declared so that it is explained, checked and completed.
    @Option(
        help: ArgumentHelp(
            en: "Language of texts; else that of LC_ALL, LC_MESSAGES, LANG.",
            zh: "文字的语言；不指定时取自 LC_ALL、LC_MESSAGES、LANG。"))
    var lang: Language?

    /// The title of their section in help.
    static var title: String { Text(en: "Global options", zh: "通用选项").current }
}

extension ArgumentHelp {
    /// Help in both languages, of which the current one is taken.
    init(en: String, zh: String, valueName: String? = nil) {
        self.init(Text(en: en, zh: zh).current, valueName: valueName)
    }
}
