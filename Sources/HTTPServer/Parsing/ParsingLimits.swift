/// Those of the server's limits that the parser keeps: few enough to be passed on with every line.
struct ParsingLimits: Sendable {
    let headBytes: Int
    let fieldCount: Int
    let targetBytes: Int
    let bodyBytes: Int
    let chunkExtensionBytes: Int

    init(_ limits: HTTPServer.Limits) {
        headBytes = limits.headBytes
        fieldCount = limits.fieldCount
        targetBytes = limits.targetBytes
        bodyBytes = limits.bodyBytes
        chunkExtensionBytes = limits.chunkExtensionBytes
    }
}
