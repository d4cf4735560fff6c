/// What all connections of a server have in common.
final class ConnectionRules: Sendable {
    let limits: HTTPServer.Limits
    let refusalResponse: HTTPServer.RefusalRenderer

    init(limits: HTTPServer.Limits, refusalResponse: @escaping HTTPServer.RefusalRenderer) {
        self.limits = limits
        self.refusalResponse = refusalResponse
    }
}
