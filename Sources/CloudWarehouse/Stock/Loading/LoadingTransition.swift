public import Postgres

/// How far loading or unloading has come.
public enum LoadingState: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// Nobody has heard of it.
    case absent
    /// 待作业: it is to be done.
    case planned
    /// 作业中: people are at it.
    case started
    /// 已完成: it is done, and what was moved is known.
    case finished
    /// 已取消: it is not done.
    case cancelled
}

/// What happens to a loading; each happens once.
public enum LoadingEvent: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 安排
    case plan
    /// 开工
    case start
    /// 完工
    case finish
    /// 取消
    case cancel
}

/// What an event makes of a loading.
public enum LoadingTransition: Hashable, Sendable {
    /// It gets this state.
    case becomes(LoadingState)
    /// It has happened already: the same again changes nothing, and another is refused.
    case happened
    /// The event is refused, for this reason.
    case refused(LoadingRefusal)
}

/// Why a loading stays as it is.
public enum LoadingRefusal: Error, Hashable, Sendable {
    /// There is no such loading.
    case unknown
    /// Nobody has begun with it.
    case notStarted
    /// It is done.
    case alreadyFinished
    /// It was cancelled.
    case cancelled
    /// The event has happened already, and said something else.
    case saidOtherwise(LoadingEvent)
    /// There is no such delivery.
    case unknownDelivery(ReceiptReference)
    /// The delivery is expected at another warehouse, or came to it.
    case otherWarehouse(WarehouseCode)
    /// It would have happened at a time that has not come.
    case inFuture
    /// It would have happened longer ago than so many days.
    case tooLongAgo(days: Int64)
    /// It would have ended before it began.
    case endsBeforeStart
}

extension LoadingState {
    /// The table of loadings: what the event makes of one in this state.
    public func after(_ event: LoadingEvent) -> LoadingTransition {
        switch (event, self) {
        case (.plan, .absent): .becomes(.planned)
        case (.plan, .planned), (.plan, .started), (.plan, .finished), (.plan, .cancelled): .happened

        case (.start, .planned): .becomes(.started)
        case (.start, .started), (.start, .finished): .happened

        case (.finish, .planned): .refused(.notStarted)
        case (.finish, .started): .becomes(.finished)
        case (.finish, .finished): .happened

        case (.cancel, .planned), (.cancel, .started): .becomes(.cancelled)
        case (.cancel, .finished): .refused(.alreadyFinished)
        case (.cancel, .cancelled): .happened

        case (.start, .absent), (.finish, .absent), (.cancel, .absent): .refused(.unknown)
        case (.start, .cancelled), (.finish, .cancelled): .refused(.cancelled)
        }
    }
}

extension LoadingRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknown: "there is no such loading"
        case .notStarted: "nobody has begun with the loading yet"
        case .alreadyFinished: "the loading is done: it is not cancelled any more"
        case .cancelled: "the loading was cancelled"
        case .saidOtherwise(let event): "the loading has its \(event.rawValue) already, which said something else"
        case .unknownDelivery(let reference): "there is no delivery \(reference.rawValue)"
        case .otherWarehouse(let code): "the delivery is one of the warehouse \(code)"
        case .inFuture: "that time has not come yet"
        case .tooLongAgo(let days): "that is longer ago than \(days) days"
        case .endsBeforeStart: "the loading would end before it began"
        }
    }
}
