public import Postgres

/// How far a wave has come.
public enum WaveState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// Nobody has heard of it.
    case absent
    /// 已计划: its orders are chosen; no goods are bound.
    case planned
    /// 发放中: some of its orders have their lots, the others get them.
    case releasing
    /// 已发放: its goods are bound; they are picked and packed.
    case released
    /// 已完成: nothing of it is in the house any more.
    case closed
    /// 已取消: it was given up before goods were bound.
    case cancelled
}

/// What happens to a wave.
public enum WaveEvent: String, CaseIterable, Hashable, Sendable {
    /// 计划: orders are chosen.
    case plan
    /// 发放: lots are bound.
    case release
    /// 完成: it is over.
    case close
    /// 取消: it is given up.
    case cancel
}

/// What an event makes of a wave.
public enum WaveTransition: Hashable, Sendable {
    /// It gets this state.
    case becomes(WaveState)
    /// Its orders get their lots, chunk by chunk; it is released when all have been looked at.
    case binds
    /// It is closed when none of its parcels is in the house.
    case closesIfEmpty
    /// It is so already.
    case unchanged
    /// The event is refused, for this reason.
    case refused(WaveRefusal)
}

/// Why a wave stays as it is.
public enum WaveRefusal: Error, Hashable, Sendable {
    /// There is no such wave.
    case unknown
    /// Another wave was planned under this code.
    case otherUnderCode
    /// No paid order fits.
    case noOrders
    /// Its lots are not bound to the end yet.
    case notReleased(WaveState)
    /// Goods are bound by it: its parcels are taken apart one by one.
    case alreadyReleased
    /// It is over.
    case closed
    /// It was given up.
    case cancelled
    /// So many of its parcels are in the house.
    case hasParcels(Int64)
    /// Of this SKU so little goes into a parcel that there would be more than so many.
    case tooManyParcels(SKUCode, atMost: Int64)
}

extension WaveState {
    /// The table of waves: what the event makes of one in this state.
    public func after(_ event: WaveEvent) -> WaveTransition {
        switch (event, self) {
        case (.plan, .absent): .becomes(.planned)
        case (.plan, .planned), (.plan, .releasing), (.plan, .released), (.plan, .closed): .unchanged
        case (.plan, .cancelled): .refused(.cancelled)

        case (.release, .planned), (.release, .releasing): .binds
        case (.release, .released): .unchanged
        case (.release, .closed): .refused(.closed)

        case (.close, .planned), (.close, .releasing): .refused(.notReleased(self))
        case (.close, .released): .closesIfEmpty
        case (.close, .closed): .unchanged

        case (.cancel, .planned): .becomes(.cancelled)
        case (.cancel, .releasing), (.cancel, .released): .refused(.alreadyReleased)
        case (.cancel, .closed): .refused(.closed)
        case (.cancel, .cancelled): .unchanged

        case (.release, .absent), (.close, .absent), (.cancel, .absent): .refused(.unknown)
        case (.release, .cancelled), (.close, .cancelled): .refused(.cancelled)
        }
    }
}

extension WaveRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknown: "there is no such wave"
        case .otherUnderCode: "another wave was planned under this code"
        case .noOrders: "no paid order fits that is not in a wave yet"
        case .notReleased(let state): "the wave is \(state.rawValue): its lots are not bound to the end yet"
        case .alreadyReleased: "goods are bound by the wave: take its parcels apart one by one"
        case .closed: "the wave is over"
        case .cancelled: "the wave was cancelled"
        case .tooManyParcels(let sku, let most):
            "the goods of \(sku) would need more than \(most) parcels: let a parcel take more of it, then release again"
        case .hasParcels(let count): "parcels of the wave are in the house: \(count)"
        }
    }
}
