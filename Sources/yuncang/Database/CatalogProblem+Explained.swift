internal import CloudWarehouse

extension CatalogProblem {
    /// The SKU that it is about.
    var sku: SKUCode {
        switch self {
        case .repeatedCode(let code), .listedByAnother(let code), .otherUnit(let code, _): code
        }
    }

    /// Why the entry cannot be imported, for people, without its code.
    var text: Text {
        switch self {
        case .repeatedCode: Text(en: "the code is there more than once", zh: "编码出现了不止一次")
        case .listedByAnother: Text(en: "the code is taken by another owner's SKU", zh: "编码已被其他货主的单品占用")
        case .otherUnit(_, let unit):
            Text(
                en: "it is counted by the \(unit.word.en), which cannot change",
                zh: "它按\(unit.word.zh)计量，不能更改")
        }
    }

    fileprivate var code: String {
        switch self {
        case .repeatedCode: ImportProblem.Code.repeatedKey.rawValue
        case .listedByAnother: "code_taken"
        case .otherUnit: "other_unit"
        }
    }
}

extension FailureDetail {
    /// A problem of an entry; `line` says where a file has it.
    init(_ problem: CatalogProblem, line: Int? = nil) {
        let text = problem.text
        self.init(
            code: problem.code, line: line,
            text: Text(en: "\(problem.sku): \(text.en)", zh: "\(problem.sku)：\(text.zh)"))
    }
}
