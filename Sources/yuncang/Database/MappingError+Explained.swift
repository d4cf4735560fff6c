internal import CloudWarehouse

extension MappingError: ExplainedFailure {
    /// Why a mapping was not found or saved, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownMapping(let key):
            CommandFailure(
                .failure,
                what: Text(
                    en: "the source \(key.source.rawValue) has no mapping '\(key.name)' for \(key.kind.word.en)",
                    zh: "来源 \(key.source.rawValue) 没有名为“\(key.name)”的\(key.kind.word.zh)对应关系"),
                next: [
                    NextStep(
                        command: "yuncang mapping list",
                        purpose: Text(en: "the mappings that there are", zh: "查看现有的对应关系")),
                    NextStep(
                        command:
                            "yuncang mapping save FILE --source \(ShellWord.quoted(key.source.rawValue)) --kind \(key.kind.rawValue)",
                        purpose: Text(en: "save one", zh: "保存一个")),
                ])
        case .database(let error): error.commandFailure
        }
    }
}

extension SheetMapping.Kind {
    /// In words.
    var word: Text {
        switch self {
        case .orders: Text(en: "orders", zh: "订单")
        case .shipments: Text(en: "shipments", zh: "发货")
        }
    }
}
