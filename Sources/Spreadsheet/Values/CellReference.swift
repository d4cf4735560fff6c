/// A cell's name, such as `C7`: column and row.
struct CellReference: Hashable {
    /// Columns that a sheet can have: A to XFD.
    static let columns = 16_384

    /// Counted from 0.
    let column: Int
    /// Counted from 1.
    let row: Int

    init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// Reads `C7`; nil for anything else.
    init?(_ text: String) {
        var column = 0
        var row = 0
        var letters = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0 && letters < 3:
                column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
                letters += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9") where letters > 0 && row < 10_000_000:
                row = row * 10 + Int(byte - UInt8(ascii: "0"))
                if row == 0 { return nil }
            default: return nil
            }
        }
        guard (1...Self.columns).contains(column), row > 0 else { return nil }
        self.init(column: column - 1, row: row)
    }

    /// `C7`
    var text: String { Self.letters(of: column) + "\(row)" }

    /// `A` for 0, `AA` for 26.
    static func letters(of column: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            let digit = UInt8((rest - 1) % 26)
            letters = String(UnicodeScalar(UInt8(ascii: "A") + digit)) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}
