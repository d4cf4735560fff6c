/// The workbook itself: which sheets there are, and from which day it counts.
final class WorkbookPart: XMLHandler {
    /// A sheet as the workbook names it.
    struct Entry: Hashable {
        let name: String
        let isHidden: Bool
        /// By what the workbook calls its part.
        let relationship: String
    }

    private let limits: WorkbookLimits
    private(set) var sheets: [Entry] = []
    private(set) var epoch = SerialMoment.Epoch.year1900
    /// Whether it is a workbook at all.
    private(set) var isWorkbook = false

    init(limits: WorkbookLimits) {
        self.limits = limits
    }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard name.vocabulary == .spreadsheet else { return }
        switch name.local {
        case "workbook": isWorkbook = true
        case "workbookPr": if attributes.isTrue("date1904") { epoch = .year1904 }
        case "sheet":
            guard let title = attributes["name"], let id = attributes["id", isReference: true] else { throw .damaged }
            guard sheets.count < limits.entries else { throw .tooLarge(.entries, atMost: limits.entries) }
            let state = attributes["state"] ?? "visible"
            sheets.append(Entry(name: title, isHidden: state != "visible", relationship: id))
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: XMLName) {}
}
