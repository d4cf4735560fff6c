extension BaseUnit {
    /// The words that count pieces when a name ends in them, in brackets: 云南生菜(份), 金针菇(袋)(2).
    ///
    /// Read off the real catalog of 251 SKUs: 份, 盒, 袋, 包, 个 and 朵 are all the counting words that it has.
    private static let countingWords: Set<Character> = ["份", "盒", "袋", "包", "个", "朵"]

    /// What a SKU of this name is counted in: by the piece when brackets in it end in a counting word, else by the gram.
    ///
    /// A shop's list says so only in the name; its column of quantities is headed kilograms for both.
    public init(naming name: String) {
        var previous: Character?
        for character in name {
            if character == ")" || character == "）", let previous, Self.countingWords.contains(previous) {
                self = .piece
                return
            }
            previous = character
        }
        self = .gram
    }

    /// The unit that a cell names, for sheets that have a column for it.
    init(word: String) throws(InvalidValue) {
        switch word {
        case "piece", "件": self = .piece
        case "gram", "克", "千克", "公斤", "斤", "g", "kg": self = .gram
        default:
            guard let character = word.first, word.count == 1, Self.countingWords.contains(character) else {
                throw .unitWord
            }
            self = .piece
        }
    }
}
