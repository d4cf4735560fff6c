extension Code where Entity == Owner {
    /// Whether an owner may give this code to new goods by itself: its own code, a colon, and a word without one.
    ///
    /// A SKU's code is the whole base's. An owner that could try any would learn from a refusal which ones others have; of
    /// these nobody else has any, since the last colon says whose they are.
    public func mayCoin(_ sku: SKUCode) -> Bool {
        let text = sku.rawValue
        guard let colon = text.lastIndex(of: ":") else { return false }
        return text[..<colon] == rawValue && text.index(after: colon) != text.endIndex
    }
}
