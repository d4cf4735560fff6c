internal import ArgumentParser
internal import CloudWarehouse

/// `yuncang product set <code> --component <sku>=<quantity> ... | --none`
struct ProductSetCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: Text(en: "Say what a gift set is made of.", zh: "设定礼盒的组成。").current,
            discussion: Text(
                en: """
                    All components are said each time; they take the place of what was said before. A set is taken apart \
                    when it is ordered, and orders keep what it was made of then. It has no stock of its own, and none of its \
                    components is a set. Example: yuncang product set gift --component melon=2 --component rice=2.5kg
                    """,
                zh: """
                    每次都写出全部组成，取代原来的。下单时礼盒拆成各组成，订单保留当时的组成。礼盒没有自己的库存，组成中也不能有礼盒。\
                    例如：yuncang product set gift --component melon=2件 --component rice=5斤
                    """
            ).current)
    }

    @Argument(help: ArgumentHelp(en: "The set's code.", zh: "礼盒的单品编码。"))
    var code: String

    @Option(
        help: ArgumentHelp(
            en: "What one set holds, and how much of it; once for each.", zh: "一个礼盒含什么、含多少；每种写一次。",
            valueName: "sku=quantity"))
    var component: [String] = []

    @Flag(help: ArgumentHelp(en: "It is no set any more.", zh: "不再是礼盒。"))
    var none = false

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try SKUCode(argument: code)
        guard component.isEmpty == none else {
            throw CommandFailure(
                .usage, what: Text(en: "what is the set made of?", zh: "没有说明礼盒的组成"),
                remedy: Text(
                    en: "give --component once for each component, or --none", zh: "请为每种组成写一个 --component，或写 --none"))
        }
        let words = try component.map { text throws(CommandFailure) in try ComponentArgument(argument: text) }
        let description = try await database.withBase(in: context) { base in
            let units = try await base.catalog.units(of: words.map(\.sku))
            let missing = words.map(\.sku).filter { units[$0] == nil }
            guard missing.isEmpty else { throw CatalogError.notASet(.unknownComponents(missing)) }
            let components = try words.compactMap { word throws(CommandFailure) in
                try units[word.sku].map { unit throws(CommandFailure) in try word.component(in: unit) }
            }
            try await base.catalog.makeSet(code, of: components, by: .atTerminal(context.environment))
            return try await ProductDescription(of: code, in: base)
        }
        context.output.show(description)
        return .success
    }
}

/// A component as it is typed: `melon=2`, `rice=2.5kg`.
struct ComponentArgument: Sendable, Equatable {
    /// As it was typed.
    let typed: String
    /// What it is.
    let sku: SKUCode
    /// How much of it.
    let quantity: QuantityText

    /// Reads `SKU=QUANTITY`. The last `=` ends the code, which may hold others.
    init(argument text: String) throws(CommandFailure) {
        guard let sign = text.lastIndex(of: "=") else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a component is SKU=QUANTITY, such as melon=2 or rice=2.5kg",
                    zh: "组成写成 单品=数量，例如 melon=2 或 rice=5斤"))
        }
        typed = text
        sku = try SKUCode(argument: String(text[..<sign]))
        do throws(InvalidValue) {
            quantity = try QuantityText(String(text[text.index(after: sign)...]))
        } catch {
            throw .invalid(text, rule: error.text)
        }
    }

    /// The component for a SKU that is counted in `unit`.
    func component(in unit: BaseUnit) throws(CommandFailure) -> SetComponent {
        do throws(InvalidValue) {
            return SetComponent(sku: sku, quantity: try quantity.quantity(in: unit))
        } catch {
            throw .invalid(typed, rule: error.text)
        }
    }
}
