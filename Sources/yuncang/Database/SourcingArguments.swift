public import ArgumentParser
public import CloudWarehouse

extension SourcingCriterion: ExpressibleByArgument {
    /// Takes `quota` or 配额.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension SourcingCriterion {
    /// In a word.
    var word: Text {
        switch self {
        case .quota: Text(en: "quota", zh: "配额")
        case .rotation: Text(en: "rotation", zh: "轮流")
        case .earliestExpiry: Text(en: "earliest_expiry", zh: "先到期先出")
        case .nearest: Text(en: "nearest", zh: "就近")
        }
    }

    /// What it prefers.
    var words: Text {
        switch self {
        case .quota: Text(en: "the furthest behind its share", zh: "落后配额最多")
        case .rotation: Text(en: "its turn", zh: "轮到它")
        case .earliestExpiry: Text(en: "its goods expire first", zh: "先到期")
        case .nearest: Text(en: "the nearest", zh: "离收件人最近")
        }
    }
}

extension SourcingShare {
    /// Reads `WAREHOUSE/OWNER=WEIGHT`: the last `=` ends the owner, the first `/` the warehouse.
    init(argument text: String) throws(CommandFailure) {
        guard let (name, number) = text.named(within: Self.weights), let slash = name.firstIndex(of: "/") else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a share is WAREHOUSE/OWNER=WEIGHT with a weight from 1 to 10000, such as main/yimaqiao=3",
                    zh: "配额写成 仓库/货主=权重，权重从 1 到 10000，例如 main/yimaqiao=3"))
        }
        self.init(
            warehouse: try WarehouseCode(argument: String(name[..<slash])),
            owner: try OwnerCode(argument: String(name[name.index(after: slash)...])), weight: number)
    }
}

extension SourcingZone {
    /// Reads `REGION=RANK`.
    init(argument text: String) throws(CommandFailure) {
        guard let (region, number) = text.named(within: Self.ranks), Recipient.isRegion(String(region)) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a zone is REGION=RANK with a rank from 1 to 1000",
                    zh: "配送区域写成 区域=远近，远近从 1 到 1000，例如 浙江省杭州市=1"))
        }
        self.init(region: String(region), rank: number)
    }
}

extension String {
    /// What stands before the last `=`, and the number behind it; nil where there is none within these bounds.
    fileprivate func named(within bounds: ClosedRange<Int32>) -> (name: Substring, number: Int32)? {
        guard let sign = lastIndex(of: "=") else { return nil }
        let digits = self[index(after: sign)...]
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int32(digits), bounds.contains(number)
        else { return nil }
        return (self[..<sign], number)
    }
}
