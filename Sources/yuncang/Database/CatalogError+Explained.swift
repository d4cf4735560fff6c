internal import CloudWarehouse

extension CatalogError: ExplainedFailure {
    /// Why the catalog was not changed, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownOwner(let code):
            CommandFailure(
                .failure, what: Text(en: "there is no owner '\(code)'", zh: "没有货主“\(code)”"),
                next: [
                    NextStep(
                        command: "yuncang owner list", purpose: Text(en: "the owners that there are", zh: "查看现有的货主")),
                    NextStep(
                        command: "yuncang owner add \(code) --name NAME --kind cooperative",
                        purpose: Text(en: "add it", zh: "添加它")),
                ])
        case .unknownSKU(let code): .unknownSKU(code)
        case .notASet(let refusal): refusal.commandFailure
        case .limitOfNothing:
            CommandFailure(
                .usage, what: Text(en: "a limit of nothing", zh: "限购数量为零"),
                remedy: Text(en: "a limit is more than nothing; --none takes it away", zh: "限购须大于零；取消限购请写 --none"))
        case .codeTaken: .codeTaken
        case .tooManyEntries(let maximum):
            CommandFailure(
                .badInput, what: Text(en: "too many entries for one import", zh: "一次导入的条目太多"),
                remedy: Text(
                    en: "divide the file: one import takes \(maximum) entries",
                    zh: "请拆分文件：一次最多导入 \(maximum) 条"))
        case .refused(let problems): Self.notImported(problems.map { FailureDetail($0) })
        case .notAsExpected:
            CommandFailure(
                .failure, what: Text(en: "it has been changed meanwhile", zh: "其间已被更改"),
                remedy: Text(en: "look at it again, and then change it", zh: "请重新查看后再更改"))
        case .database(let error): error.commandFailure
        }
    }
}

extension CatalogError {
    /// Entries that cannot be imported, of which none was.
    static func notImported(_ details: [FailureDetail]) -> CommandFailure {
        var failure = CommandFailure(
            .badInput, what: Text(en: "nothing was imported", zh: "什么都没有导入"),
            remedy: Text(
                en: "mend these entries; a SKU keeps its owner and its unit for ever",
                zh: "请修正这些条目；单品的货主和计量单位永远不变"))
        failure.details = details
        failure.detailCount = details.count
        return failure
    }
}

extension CommandFailure {
    /// Something of this code is there already.
    static var codeTaken: CommandFailure {
        CommandFailure(
            .failure, what: Text(en: "the code is taken", zh: "编码已被占用"),
            remedy: Text(en: "choose another one, or use what is there", zh: "请换一个编码，或使用已有的"))
    }
}
