internal import CExpat

/// What is told of a document as it is read.
protocol XMLHandler: AnyObject {
    /// An element begins.
    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError)
    /// Some of an element's text.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError)
    /// An element ends.
    func end(_ name: XMLName) throws(WorkbookError)
}

/// Reads a document of XML chunk by chunk, with expat, and nothing of XML that a workbook does not need.
///
/// A document type is refused as such, so that there are no entities to be expanded and nothing outside to be read; elements
/// nest to a bound, and a tag is of bounded length, since expat keeps the whole of one.
final class XMLReader {
    private let parser: XML_Parser
    private let handler: any XMLHandler
    private let limits: WorkbookLimits
    private var depth = 0
    private var fed = 0
    private var failure: WorkbookError?

    init(_ handler: any XMLHandler, limits: WorkbookLimits) {
        guard let parser = XML_ParserCreateNS(nil, XMLName.separator) else { preconditionFailure("there is no memory") }
        self.parser = parser
        self.handler = handler
        self.limits = limits
        // The reader outlives its parser, which calls it only from within `read`.
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { user, name, attributes in
                guard let name, let attributes else { return }
                XMLReader.of(user).begin(name, attributes)
            },
            { user, name in
                guard let name else { return }
                XMLReader.of(user).end(name)
            })
        XML_SetCharacterDataHandler(parser) { user, text, count in
            guard let text else { return }
            XMLReader.of(user).text(text, count: Int(count))
        }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            XMLReader.of(user).stop(.documentType)
        }
    }

    deinit {
        XML_ParserFree(parser)
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> XMLReader {
        Unmanaged.fromOpaque(user!).takeUnretainedValue()
    }

    /// Takes the next bytes; none at the end.
    func read(_ bytes: [UInt8], isLast: Bool = false) throws(WorkbookError) {
        let status = bytes.withUnsafeBytes { bytes in
            XML_Parse(
                parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(bytes.count), isLast ? 1 : 0)
        }
        if let failure { throw failure }
        guard status == XML_STATUS_OK else { throw .damaged }
        fed += bytes.count
        // What is not through yet is one token that has no end so far.
        let waiting = fed - max(0, XML_GetCurrentByteIndex(parser))
        guard waiting <= limits.tokenBytes else { throw .tooLarge(.tokenBytes, atMost: limits.tokenBytes) }
    }

    private func begin(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
        depth += 1
        guard depth <= limits.depth else { return stop(.tooLarge(.depth, atMost: limits.depth)) }
        attempt { () throws(WorkbookError) in try handler.begin(XMLName(name), XMLAttributes(attributes)) }
    }

    private func end(_ name: UnsafePointer<CChar>) {
        depth -= 1
        attempt { () throws(WorkbookError) in try handler.end(XMLName(name)) }
    }

    private func text(_ text: UnsafePointer<CChar>, count: Int) {
        text.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
            attempt { () throws(WorkbookError) in
                try handler.text(UnsafeBufferPointer(start: bytes, count: count))
            }
        }
    }

    private func attempt(_ body: () throws(WorkbookError) -> Void) {
        // Expat may have something left to tell after it was stopped.
        guard failure == nil else { return }
        do throws(WorkbookError) { try body() } catch { stop(error) }
    }

    private func stop(_ failure: WorkbookError) {
        self.failure = self.failure ?? failure
        _ = XML_StopParser(parser, 0)
    }
}
