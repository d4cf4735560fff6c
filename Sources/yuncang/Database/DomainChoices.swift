public import ArgumentParser
public import CloudWarehouse

// Words of the domain that options choose among: typed as their raw values, or as what people are shown in either language.

extension BaseUnit: ExpressibleByArgument {
    /// Takes `piece` or 件.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension Owner.Kind: ExpressibleByArgument {
    /// Takes `cooperative` or 合作社.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension StorageClass: ExpressibleByArgument {
    /// Takes `chilled` or 冷藏.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension LocationPurpose: ExpressibleByArgument {
    /// Takes `receiving` or 收货.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension Wave.Kind: ExpressibleByArgument {
    /// Takes `single` or 单品.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension ParcelState: ExpressibleByArgument {
    /// Takes `packed` or 已打包.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension RejectionReason: ExpressibleByArgument {
    /// Takes `spoiled` or 变质.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension TransferLossReason: ExpressibleByArgument {
    /// Takes `spoiled` or 变质.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension ShrinkageReason: ExpressibleByArgument {
    /// Takes `stolen` or 被盗.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension Quality: ExpressibleByArgument {
    /// Takes `good` or 良品.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension LoadingState: ExpressibleByArgument {
    /// Takes `started` or 作业中.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension LoadingKind: ExpressibleByArgument {
    /// Takes `unload` or 卸货.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension InboundState: ExpressibleByArgument {
    /// Takes `released` or 待上架.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension Adjustment.Kind: ExpressibleByArgument {
    /// Takes `lost` or 损耗.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension SheetMapping.Kind: ExpressibleByArgument {
    /// Takes `orders` or 订单.
    public init?(argument: String) { self.init(spoken: argument, word: \.word) }
}

extension TextEncoding: ExpressibleByArgument {}

extension RawRepresentable<String> where Self: CaseIterable {
    /// The value whose raw value, or whose word in either language, this is.
    init?(spoken text: String, word: (Self) -> Text) {
        guard
            let value = Self.allCases.first(where: { value in
                let word = word(value)
                return text == value.rawValue || text == word.en || text == word.zh
            })
        else { return nil }
        self = value
    }
}
