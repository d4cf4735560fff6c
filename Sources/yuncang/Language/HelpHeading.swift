/// The fixed words of a help screen.
enum HelpHeading {
    static let overview = Text(en: "OVERVIEW: ", zh: "概述：")
    static let usage = Text(en: "USAGE: ", zh: "用法：")
    static let arguments = Text(en: "ARGUMENTS:", zh: "参数：")
    static let options = Text(en: "OPTIONS:", zh: "选项：")
    static let subcommands = Text(en: "SUBCOMMANDS:", zh: "子命令：")
    static let environment = Text(en: "ENVIRONMENT:", zh: "环境变量：")
    static let exitCodes = Text(en: "EXIT CODES:", zh: "退出码：")
    static let optionsPlaceholder = Text(en: "<options>", zh: "<选项>")
    static let subcommandPlaceholder = Text(en: "<subcommand>", zh: "<子命令>")

    /// Where more is explained.
    static func seeHelp(_ command: String) -> Text {
        Text(en: "See '\(command)' for detailed help.", zh: "详细说明见“\(command)”。")
    }

    /// The title of a group of options, which is in the current language already.
    static func titled(_ title: String) -> String {
        Text(en: "\(title.uppercased()):", zh: "\(title)：").current
    }

    /// `(values: text, json; default: text)`; nil when there is nothing to say.
    static func values(_ values: [String], default: String?) -> Text? {
        let list = Text(en: values.joined(separator: ", "), zh: values.joined(separator: "、")).current
        switch (values.isEmpty, `default`) {
        case (true, nil): return nil
        case (true, let value?): return Text(en: "(default: \(value))", zh: "（默认：\(value)）")
        case (false, nil): return Text(en: "(values: \(list))", zh: "（可选：\(list)）")
        case (false, let value?):
            return Text(en: "(values: \(list); default: \(value))", zh: "（可选：\(list)；默认：\(value)）")
        }
    }
}
