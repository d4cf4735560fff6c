/// What all connections of a server have in common.
final class ConnectionRules: Sendable {
    let limits: HTTPServer.Limits
    let trust: ProxyTrust
    let refusalResponse: HTTPServer.RefusalRenderer
    let observer: HTTPServer.Observer?

    init(
        limits: HTTPServer.Limits, trust: ProxyTrust = .none, observer: HTTPServer.Observer? = nil,
        refusalResponse: @escaping HTTPServer.RefusalRenderer
    ) {
        self.limits = limits
        self.trust = trust
        self.observer = observer
        self.refusalResponse = refusalResponse
    }
}
