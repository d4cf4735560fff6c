/// What a file is that was taken for a CSV file, told by its first bytes.
public enum ForeignFormat: String, CaseIterable, Hashable, Sendable {
    /// An Excel workbook, .xlsx, or another packed office document.
    case workbook
    /// An Excel workbook of the old kind, .xls.
    case oldWorkbook = "old_workbook"
    /// Text of two bytes a character: Excel's "Unicode text".
    case utf16
    /// A page of HTML or other XML, under the ending of a spreadsheet.
    case html

    /// So many bytes tell.
    static let bytesToTell = 8

    /// What begins so, when it is no CSV file; fewer bytes than ``bytesToTell`` are the whole file.
    init?(startingWith bytes: [UInt8]) {
        switch bytes {
        case let bytes where bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]): self = .workbook
        case let bytes where bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]): self = .oldWorkbook
        // A byte order mark, or Latin letters of which every second byte is 0: text has no such byte.
        case let bytes where bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]): self = .utf16
        case let bytes where bytes.prefix(Self.bytesToTell).contains(0): self = .utf16
        case let bytes where Self.isMarkup(bytes): self = .html
        default: return nil
        }
    }

    private static func isMarkup(_ bytes: [UInt8]) -> Bool {
        let unmarked = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let start = String(decoding: unmarked.drop { $0 == 32 || $0 == 10 || $0 == 13 }.prefix(5), as: UTF8.self)
        return ["<html", "<tabl", "<?xml", "<!doc", "<head", "<meta", "<styl"].contains(start.lowercased())
    }
}

/// What stands between fields in files that are like CSV and are not.
public enum FieldSeparator: String, CaseIterable, Hashable, Sendable {
    /// Excel's, where the decimal sign is a comma.
    case semicolon
    /// Excel's "text".
    case tab
    /// `，`, of Chinese text.
    case wideComma = "wide_comma"

    /// The character.
    public var character: Character {
        switch self {
        case .semicolon: ";"
        case .tab: "\t"
        case .wideComma: "，"
        }
    }

    /// What separates the headings, when a comma does not: there is only one, and it holds another separator.
    init?(of headings: [String]) {
        guard headings.count == 1,
            let found = Self.allCases.first(where: { headings[0].contains($0.character) })
        else { return nil }
        self = found
    }
}
