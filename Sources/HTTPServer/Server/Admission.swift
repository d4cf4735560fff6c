/// Decides which connections are served: so many in all, and so many of one address.
struct Admission {
    enum Verdict: Equatable {
        case serve
        /// To be answered with that, and closed.
        case refuse(Refusal)
        /// To be closed without a word: enough are being answered.
        case cut
    }

    private let limits: HTTPServer.Limits
    private let trust: ProxyTrust
    private let addresses: AddressCounts
    private(set) var served = 0
    private(set) var refused = 0

    init(limits: HTTPServer.Limits, trust: ProxyTrust, addresses: AddressCounts) {
        self.limits = limits
        self.trust = trust
        self.addresses = addresses
    }

    /// Decides about one more; ``leave(_:after:)`` is to be told when it is gone.
    mutating func enter(_ peer: ClientAddress) -> Verdict {
        if served >= limits.connections { return refuse(.tooManyConnections) }
        if case .ip(let address) = peer, !addresses.enter(address, atMost: limit(of: peer)) {
            return refuse(.tooManyConnectionsOfAddress)
        }
        served += 1
        return .serve
    }

    mutating func leave(_ peer: ClientAddress, after verdict: Verdict) {
        switch verdict {
        case .serve:
            served -= 1
            if case .ip(let address) = peer { addresses.leave(address) }
        case .refuse: refused -= 1
        case .cut: break
        }
    }

    private mutating func refuse(_ refusal: Refusal) -> Verdict {
        guard refused < limits.refusedConnections else { return .cut }
        refused += 1
        return .refuse(refusal)
    }

    /// A proxy has many clients behind it, and whoever is on this machine could do worse.
    private func limit(of peer: ClientAddress) -> Int {
        peer.isLocal || trust.includes(peer) ? limits.connectionsPerTrustedAddress : limits.connectionsPerAddress
    }
}
