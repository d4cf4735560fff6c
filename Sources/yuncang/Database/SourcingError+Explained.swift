internal import CloudWarehouse

extension SourcingError: ExplainedFailure {
    /// Why the rules were not changed, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownSKU(let code): .unknownSKU(code)
        case .unknownWarehouse(let code): StockError.unknownWarehouse(code).commandFailure
        case .unknownOwner(let code): CatalogError.unknownOwner(code).commandFailure
        case .repeated(let name):
            CommandFailure(
                .usage, what: Text(en: "'\(name)' is there twice", zh: "“\(name)”写了两次"),
                remedy: Text(en: "say each once", zh: "每个只写一次"))
        case .outOfRange(let name):
            CommandFailure(
                .usage,
                what: Text(en: "the number or the text of '\(name)' is not valid here", zh: "“\(name)”的数字或文字无效"),
                remedy: Text(
                    en: "a weight is from 1 to 10000, a rank from 1 to 1000, a region has 1 to 100 characters",
                    zh: "权重从 1 到 10000，远近从 1 到 1000，区域是 1 到 100 个字符"))
        case .tooMany(let maximum):
            CommandFailure(
                .usage, what: Text(en: "too many at once", zh: "一次写得太多"),
                remedy: Text(en: "at most \(maximum)", zh: "最多 \(maximum) 个"))
        case .database(let error): error.commandFailure
        }
    }
}
