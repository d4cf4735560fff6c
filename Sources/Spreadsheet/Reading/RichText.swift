/// The text of a cell while it is read: one piece, or runs of different looks, without how it is pronounced.
struct RichText {
    private(set) var bytes: [UInt8] = []
    private var isInText = false
    private var isInPronunciation = false

    /// Whether what comes is text of the cell.
    var isOpen: Bool { isInText && !isInPronunciation }

    mutating func begin(_ name: String) {
        switch name {
        case "t": isInText = true
        case "rPh": isInPronunciation = true
        default: break
        }
    }

    mutating func end(_ name: String) {
        switch name {
        case "t": isInText = false
        case "rPh": isInPronunciation = false
        default: break
        }
    }

    mutating func append(_ more: UnsafeBufferPointer<UInt8>, limits: WorkbookLimits) throws(WorkbookError) {
        guard bytes.count + more.count <= limits.cellBytes else {
            throw .tooLarge(.cellBytes, atMost: limits.cellBytes)
        }
        bytes.append(contentsOf: more)
    }

    /// The whole text, after which the next one begins.
    mutating func take() -> String {
        defer { self = RichText() }
        return EscapedText.decoded(String(decoding: bytes, as: UTF8.self))
    }
}
