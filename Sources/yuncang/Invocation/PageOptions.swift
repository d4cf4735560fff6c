internal import ArgumentParser
internal import CloudWarehouse

/// Which page of a list is wanted: options of every command that lists.
struct PageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            en: "Only what follows this one, as the page before said.", zh: "只列出这一条之后的，见上一页末尾的提示。",
            valueName: "position"))
    var after: String?

    @Option(help: ArgumentHelp(en: "At most so many.", zh: "最多列出多少条。", valueName: "number"))
    var limit: Int32 = 100

    /// The title of their section in help.
    static var title: String { Text(en: "Page options", zh: "分页选项").current }

    /// The limit, which is at most this.
    func limit(atMost maximum: Int32) throws(CommandFailure) -> Int32 {
        guard (1...maximum).contains(limit) else { throw .limit(limit, atMost: maximum) }
        return limit
    }

    /// The position as a code.
    func code<Entity>(of entity: Entity.Type = Entity.self) throws(CommandFailure) -> Code<Entity>? {
        try after.map { (text) throws(CommandFailure) in try Code(argument: text) }
    }

    /// The position as an id.
    func id<Entity>(of entity: Entity.Type = Entity.self) throws(CommandFailure) -> ID<Entity>? {
        try after.map { (text) throws(CommandFailure) in try ID(argument: text) }
    }
}

extension ID {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let id = Self(text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "write the id as lists show it: 36 characters with four hyphens",
                    zh: "请写列表中显示的 id：36 个字符，含四个连字符"))
        }
        self = id
    }
}
