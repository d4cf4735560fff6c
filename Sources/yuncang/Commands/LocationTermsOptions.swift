internal import ArgumentParser
internal import CloudWarehouse

/// What is said of a location, but for how cold it is: options of adding and of changing one.
struct LocationTermsOptions: ParsableArguments {
    @Option(help: ArgumentHelp(en: "The zone that it is in.", zh: "所在的库区。", valueName: "code"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            en: "What it is for: storage, receiving or packing.", zh: "用途：存储、收货、打包。", valueName: "purpose"))
    var purpose: LocationPurpose?

    @Option(
        help: ArgumentHelp(
            en: "How much it takes: 200pcs, 500kg.", zh: "容量：200件、500kg。", valueName: "quantity"))
    var capacity: String?

    @Option(
        help: ArgumentHelp(
            en: "When pickers come to it, from 1 to 1000000.", zh: "拣货顺序，1 到 1000000。", valueName: "number"))
    var pickSequence: Int32?

    /// Changes what was said.
    ///
    /// - Throws: When a value breaks its rule.
    func change() throws(CommandFailure) -> @Sendable (inout LocationTerms) -> Void {
        let zone = try zone.map { text throws(CommandFailure) in try ZoneCode(argument: text) }
        let capacity = try capacity.map { text throws(CommandFailure) in try Capacity(argument: text) }
        let sequence = try pickSequence.map { number throws(CommandFailure) in try PickSequence(argument: number) }
        let purpose = purpose
        return { terms in
            if let zone { terms.zone = zone }
            if let purpose { terms.purpose = purpose }
            if let capacity { terms.capacity = capacity }
            if let sequence { terms.pickSequence = sequence }
        }
    }
}

extension Capacity {
    /// Takes an argument such as `200件` or `500kg`; a number alone counts pieces.
    init(argument text: String) throws(CommandFailure) {
        let rule = Text(
            en: "a capacity is more than nothing, in pieces or by weight: 200pcs, 500kg",
            zh: "容量大于零，按件或按重量：200件、500kg")
        guard let words = try? QuantityText(text) else { throw .invalid(text, rule: rule) }
        for unit in BaseUnit.allCases {
            if let quantity = try? words.quantity(in: unit), let capacity = Capacity(quantity, of: unit) {
                self = capacity
                return
            }
        }
        throw .invalid(text, rule: rule)
    }
}

extension PickSequence {
    /// Takes an argument.
    init(argument number: Int32) throws(CommandFailure) {
        guard let sequence = PickSequence(rawValue: number) else {
            throw .invalid(
                "\(number)",
                rule: Text(
                    en: "--pick-sequence is from 1 to \(PickSequence.maximum)",
                    zh: "--pick-sequence 取 1 到 \(PickSequence.maximum)"))
        }
        self = sequence
    }
}

extension LocationPurpose {
    /// In words.
    var word: Text {
        switch self {
        case .storage: Text(en: "storage", zh: "存储")
        case .receiving: Text(en: "receiving", zh: "收货")
        case .packing: Text(en: "packing", zh: "打包")
        }
    }
}
