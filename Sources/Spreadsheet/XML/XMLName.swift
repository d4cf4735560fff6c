internal import CExpat
import Glibc

/// An element's or attribute's name: its part after the colon, and whose vocabulary it is of.
struct XMLName {
    /// The vocabularies that a workbook is read by, each in its usual and its strict form (ECMA-376, part 1 and part 4).
    enum Vocabulary: CaseIterable {
        /// Sheets and cells.
        case spreadsheet
        /// Which part belongs to which.
        case relationships
        /// `r:id`, by which sheets name their parts.
        case references
        /// None, as attributes have none.
        case none
        case other
    }

    /// What stands between a vocabulary and a name: no address has a line break.
    static let separator = CChar(UInt8(ascii: "\n"))

    let local: String
    let vocabulary: Vocabulary

    init(_ name: UnsafePointer<CChar>) {
        guard let end = strrchr(name, CInt(Self.separator)) else {
            local = String(cString: name)
            vocabulary = .none
            return
        }
        local = String(cString: end + 1)
        vocabulary = Self.vocabulary(name, bytes: UnsafePointer(end) - name)
    }

    private static func vocabulary(_ address: UnsafePointer<CChar>, bytes: Int) -> Vocabulary {
        for (known, vocabulary) in addresses where known.utf8CodeUnitCount == bytes {
            if memcmp(known.utf8Start, address, bytes) == 0 { return vocabulary }
        }
        return .other
    }

    private static let addresses: [(StaticString, Vocabulary)] = [
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", .spreadsheet),
        ("http://purl.oclc.org/ooxml/spreadsheetml/main", .spreadsheet),
        ("http://schemas.openxmlformats.org/package/2006/relationships", .relationships),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", .references),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships", .references),
    ]
}

/// The attributes of an element, for as long as it begins.
struct XMLAttributes {
    /// Names and values in turn, then nil: expat's own.
    private let list: UnsafePointer<UnsafePointer<CChar>?>

    init(_ list: UnsafePointer<UnsafePointer<CChar>?>) {
        self.list = list
    }

    /// The value of the attribute of that name; of the references' vocabulary, or of none.
    subscript(name: StaticString, isReference isReference: Bool = false) -> String? {
        var index = 0
        while let found = list[index], let value = list[index + 1] {
            index += 2
            if isReference {
                let found = XMLName(found)
                if found.vocabulary == .references, found.local == "\(name)" { return String(cString: value) }
            } else if strcmp(found, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0 {
                return String(cString: value)
            }
        }
        return nil
    }

    /// Whether the attribute is a yes of XML Schema.
    func isTrue(_ name: StaticString) -> Bool {
        let value = self[name]
        return value == "1" || value == "true"
    }
}
