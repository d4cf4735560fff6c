internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Synchronization

/// Keeps the rates of a service, for all of its loops together.
public final class RateLimiter: Sendable {
    /// What was asked too often.
    enum Kind: Int, CaseIterable {
        case key, address, failedSignIn
    }

    private let perKey: SharedRateTable?
    private let perAddress: SharedRateTable?
    private let failedSignIns: SharedRateTable?
    private let clock: @Sendable () -> MonotonicInstant
    private let limitedKeys = Atomic<Int>(0)
    private let limitedAddresses = Atomic<Int>(0)
    private let limitedSignIns = Atomic<Int>(0)

    /// Keeps these rates.
    public convenience init(_ limits: RateLimits) {
        self.init(limits, clock: { MonotonicInstant.now() })
    }

    init(_ limits: RateLimits, clock: @escaping @Sendable () -> MonotonicInstant) {
        perKey = limits.perKey.map(SharedRateTable.init)
        perAddress = limits.perAddress.map(SharedRateTable.init)
        failedSignIns = limits.failedSignIns.map(SharedRateTable.init)
        self.clock = clock
    }

    /// How often each kind of request was sent away.
    var limited: [(kind: Kind, count: Int)] {
        [
            (.key, limitedKeys.load(ordering: .relaxed)), (.address, limitedAddresses.load(ordering: .relaxed)),
            (.failedSignIn, limitedSignIns.load(ordering: .relaxed)),
        ]
    }

    /// Counts a request from an address.
    ///
    /// - Throws: 429 for one too many.
    func admit(_ address: ClientAddress) throws(Problem) {
        try admit(address, at: clock())
    }

    /// Counts a request of a token.
    ///
    /// - Throws: 429 for one too many.
    func admit(_ caller: Caller) throws(Problem) {
        try admit(caller, at: clock())
    }

    /// Counts a request from an address, and then as one of a token.
    ///
    /// - Throws: 429 for one too many.
    func admit(_ address: ClientAddress, _ caller: Caller) throws(Problem) {
        let now = clock()
        try admit(address, at: now)
        try admit(caller, at: now)
    }

    private func admit(_ address: ClientAddress, at now: MonotonicInstant) throws(Problem) {
        guard let perAddress else { return }
        guard case .wait(let nanoseconds) = perAddress.admit(Self.key(address), at: now.nanoseconds) else { return }
        limitedAddresses.add(1, ordering: .relaxed)
        throw Problem(tooMany: "requests from your address", wait: nanoseconds)
    }

    private func admit(_ caller: Caller, at now: MonotonicInstant) throws(Problem) {
        guard let perKey else { return }
        guard case .wait(let nanoseconds) = perKey.admit(caller.tokenHash, at: now.nanoseconds) else { return }
        limitedKeys.add(1, ordering: .relaxed)
        throw Problem(tooMany: "requests with your token", wait: nanoseconds)
    }

    /// Refuses whoever has shown no good token too often, unless they show one that is known.
    ///
    /// - Throws: 429 before anything is hashed or looked up.
    func admitSignIn(from address: ClientAddress, isKnown: () -> Bool) throws(Problem) {
        guard let failedSignIns else { return }
        let (key, now) = (Self.key(address), clock().nanoseconds)
        guard case .wait(let nanoseconds) = failedSignIns.verdict(on: key, at: now), !isKnown()
        else { return }
        limitedSignIns.add(1, ordering: .relaxed)
        throw Problem(tooMany: "requests from your address without a good token", wait: nanoseconds)
    }

    /// Counts a request that showed no good token: the wrong secret of one that is in use, too, is found no faster than others.
    ///
    /// - Throws: 429 for one too many.
    func refuseSignIn(from address: ClientAddress) throws(Problem) {
        try admitSignIn(from: address) { false }
        guard let failedSignIns else { return }
        _ = failedSignIns.admit(Self.key(address), at: clock().nanoseconds)
    }

    /// A hash with this process's own seed.
    private static func key(_ address: ClientAddress) -> UInt64 {
        switch address {
        case .ip(let address): UInt64(bitPattern: Int64(address.site.hashValue))
        case .local: 0
        }
    }
}

extension Problem {
    /// Something was asked too often.
    fileprivate init(tooMany what: String, wait nanoseconds: Int64) {
        let seconds = max(1, (nanoseconds - 1) / 1_000_000_000 + 1)
        self.init(
            .tooManyRequests, "There are too many \(what); wait \(seconds) s.", fields: [(.retryAfter, "\(seconds)")])
    }
}
