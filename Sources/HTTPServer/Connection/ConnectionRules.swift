/// What all connections of a server have in common.
final class ConnectionRules: Sendable {
    let limits: HTTPServer.Limits
    let trust: ProxyTrust
    let refusalResponse: HTTPServer.RefusalRenderer

    init(
        limits: HTTPServer.Limits, trust: ProxyTrust = .none, refusalResponse: @escaping HTTPServer.RefusalRenderer
    ) {
        self.limits = limits
        self.trust = trust
        self.refusalResponse = refusalResponse
    }
}
