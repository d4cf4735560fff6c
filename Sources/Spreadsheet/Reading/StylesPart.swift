/// The formats of cells, of which only those of days and times matter.
final class StylesPart: XMLHandler {
    private let limits: WorkbookLimits
    private var codes: [Int: String] = [:]
    private var numbers: [Int] = []
    private var isInCellFormats = false

    init(limits: WorkbookLimits) {
        self.limits = limits
    }

    /// What each style of a cell shows of a day and a time; nil for numbers and text.
    var moments: [MomentFormat?] {
        var known: [Int: MomentFormat?] = [:]
        return numbers.map { number in
            if let format = known[number] { return format }
            let format = codes[number].map { MomentFormat(code: $0) } ?? MomentFormat(builtIn: number)
            known[number] = format
            return format
        }
    }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard name.vocabulary == .spreadsheet else { return }
        switch name.local {
        case "cellXfs": isInCellFormats = true
        case "numFmt":
            guard let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] else {
                return
            }
            guard codes.count < limits.formats else { throw .tooLarge(.formats, atMost: limits.formats) }
            codes[id] = code
        case "xf" where isInCellFormats:
            guard numbers.count < limits.formats else { throw .tooLarge(.formats, atMost: limits.formats) }
            numbers.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    func end(_ name: XMLName) {
        if name.vocabulary == .spreadsheet, name.local == "cellXfs" { isInCellFormats = false }
    }
}
