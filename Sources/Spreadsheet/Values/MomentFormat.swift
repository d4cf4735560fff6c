/// What a cell's number format shows of a day and a time, if it is a format of those at all.
struct MomentFormat: Hashable {
    /// Whether year, month or day are shown.
    let showsDay: Bool
    /// Whether hours, minutes or seconds are shown.
    let showsTime: Bool

    /// The format of this number, as every program has it built in (ECMA-376, 18.8.30; 27 to 36 and 50 to 58 as in China);
    /// nil for numbers and text.
    init?(builtIn number: Int) {
        switch number {
        case 22: (showsDay, showsTime) = (true, true)
        case 14...17, 27...31, 36, 50...54, 57, 58: (showsDay, showsTime) = (true, false)
        case 18...21, 32...35, 45...47, 55, 56: (showsDay, showsTime) = (false, true)
        default: return nil
        }
    }

    /// The format of this code, such as `yyyy/m/d h:mm;@`; nil for numbers and text.
    init?(code: String) {
        guard code.lowercased() != "general" else { return nil }
        let letters = Self.letters(of: code)
        showsTime = letters.contains("h") || letters.contains("s")
        // m alone is a month, beside hours or seconds minutes.
        showsDay = letters.contains("y") || letters.contains("d") || (letters.contains("m") && !showsTime)
        guard showsDay || showsTime else { return nil }
    }

    /// The letters of the first section that mean something: not what is quoted, escaped or in brackets, except elapsed time.
    private static func letters(of code: String) -> Set<Character> {
        var letters: Set<Character> = []
        var isQuoted = false
        var isSkipped = false
        var bracket: String?
        for character in code.lowercased() {
            if isSkipped {
                isSkipped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if let text = bracket {
                bracket = character == "]" ? nil : text + String(character)
                if character == "]", let first = text.first, "hms".contains(first), text.allSatisfy({ $0 == first }) {
                    // Elapsed minutes are a time, even alone.
                    letters.formUnion(["h", first])
                }
            } else {
                switch character {
                case "\"": isQuoted = true
                case "\\", "_", "*": isSkipped = true
                case "[": bracket = ""
                case ";": return letters
                default: letters.insert(character)
                }
            }
        }
        return letters
    }
}
