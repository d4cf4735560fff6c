public import Postgres

/// How far a transfer has come.
public enum TransferState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// Nobody has asked for it.
    case absent
    /// 待审批: somebody asks for the goods.
    case requested
    /// 已批准: the goods may be picked.
    case approved
    /// 拣货中: some of them wait at the transfer dock.
    case picking
    /// 已装车: what was picked is on the truck.
    case loaded
    /// 在途: the truck has left.
    case inTransit = "in_transit"
    /// 返程: the truck has turned round, and brings the goods back.
    case returning
    /// 已完成: nothing is in transit any more.
    case closed
    /// 已取消: nothing of it has left.
    case cancelled
}

/// What happens to a transfer.
public enum TransferEvent: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 申请
    case request
    /// 审批
    case approve
    /// 拣货: some goods of a lot are taken to the transfer dock.
    case pick
    /// 装车
    case load
    /// 发车
    case depart
    /// 到货: some of it has come, or is known to be lost.
    case arrive
    /// 取消: it does not go, or turns round.
    case cancel
}

/// What an event makes of a transfer.
public enum TransferTransition: Hashable, Sendable {
    /// It gets this state.
    case becomes(TransferState)
    /// Some goods leave their shelf for the transfer dock; it is being picked.
    case picks
    /// What waits at the transfer dock is in transit.
    case departs
    /// Some of it arrives; it is closed when nothing is in transit any more.
    case arrives
    /// What waits at the transfer dock goes back to where it was picked; it is cancelled.
    case putsBack
    /// It is so already.
    case unchanged
    /// The event is refused, for this reason.
    case refused(TransferRefusal)
}

extension TransferState {
    /// The table of transfers: what the event makes of one in this state.
    public func after(_ event: TransferEvent) -> TransferTransition {
        switch (event, self) {
        case (.request, .absent): .becomes(.requested)
        case (.request, .requested), (.request, .approved), (.request, .picking), (.request, .loaded),
            (.request, .inTransit), (.request, .returning), (.request, .closed), (.request, .cancelled):
            .unchanged

        case (.approve, .requested): .becomes(.approved)
        case (.approve, .approved), (.approve, .picking), (.approve, .loaded), (.approve, .inTransit),
            (.approve, .returning), (.approve, .closed):
            .unchanged

        case (.pick, .requested), (.load, .requested), (.depart, .requested): .refused(.notApproved)
        case (.pick, .approved), (.pick, .picking): .picks
        case (.pick, .loaded): .refused(.alreadyLoaded)
        case (.pick, .inTransit), (.pick, .returning): .refused(.departed)

        case (.load, .approved), (.depart, .approved): .refused(.nothingPicked)
        case (.load, .picking): .becomes(.loaded)
        case (.load, .loaded), (.load, .inTransit), (.load, .returning), (.load, .closed): .unchanged

        case (.depart, .picking): .refused(.notLoaded)
        case (.depart, .loaded): .departs
        case (.depart, .inTransit), (.depart, .returning), (.depart, .closed): .unchanged

        case (.arrive, .requested), (.arrive, .approved), (.arrive, .picking), (.arrive, .loaded):
            .refused(.notDeparted)
        case (.arrive, .inTransit), (.arrive, .returning): .arrives

        case (.cancel, .requested), (.cancel, .approved): .becomes(.cancelled)
        case (.cancel, .picking), (.cancel, .loaded): .putsBack
        // What is on the road is not undone by a word: the truck turns round, and what it brings is counted.
        case (.cancel, .inTransit): .becomes(.returning)
        case (.cancel, .returning), (.cancel, .cancelled): .unchanged

        case (.pick, .closed), (.arrive, .closed), (.cancel, .closed): .refused(.closed)
        case (.approve, .absent), (.pick, .absent), (.load, .absent), (.depart, .absent), (.arrive, .absent),
            (.cancel, .absent):
            .refused(.unknown)
        case (.approve, .cancelled), (.pick, .cancelled), (.load, .cancelled), (.depart, .cancelled),
            (.arrive, .cancelled):
            .refused(.cancelled)
        }
    }
}
