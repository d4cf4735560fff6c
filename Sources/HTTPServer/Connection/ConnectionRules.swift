/// What all connections of a server have in common.
final class ConnectionRules: Sendable {
    let limits: HTTPServer.Limits
    let refusalResponse: HTTPServer.RefusalRenderer
    let bodyRule: HTTPServer.BodyRule?

    init(
        limits: HTTPServer.Limits, bodyRule: HTTPServer.BodyRule? = nil,
        refusalResponse: @escaping HTTPServer.RefusalRenderer
    ) {
        self.limits = limits
        self.bodyRule = bodyRule
        self.refusalResponse = refusalResponse
    }
}
