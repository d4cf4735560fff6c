/// The texts that cells share, kept as one run of bytes.
final class SharedTexts: XMLHandler {
    private let limits: WorkbookLimits
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var text = RichText()

    init(limits: WorkbookLimits) {
        self.limits = limits
    }

    /// The text of that number; nil when there is none.
    subscript(index: Int) -> String? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : ends[index - 1]
        return String(decoding: bytes[start..<ends[index]], as: UTF8.self)
    }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) {
        if name.vocabulary == .spreadsheet { text.begin(name.local) }
    }

    func text(_ more: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if text.isOpen { try text.append(more, limits: limits) }
    }

    func end(_ name: XMLName) throws(WorkbookError) {
        guard name.vocabulary == .spreadsheet else { return }
        text.end(name.local)
        guard name.local == "si" else { return }
        guard ends.count < limits.texts else { throw .tooLarge(.texts, atMost: limits.texts) }
        bytes.append(contentsOf: text.take().utf8)
        ends.append(bytes.count)
        guard bytes.count <= limits.textBytes else { throw .tooLarge(.textBytes, atMost: limits.textBytes) }
    }
}
