internal import EventLoop

/// What happens when nothing does.
extension ConnectionMachine {
    /// When ``deadlinePassed(at:)`` is due.
    var deadline: MonotonicInstant? {
        mutating get {
            let earliest = min(
                readingDeadline, answers.oldestOpen?.deadline ?? .distantFuture,
                min(writeDeadline, lingerDeadline, stream?.heartbeat ?? .distantFuture))
            return earliest == .distantFuture ? nil : earliest
        }
    }

    private var readingDeadline: MonotonicInstant {
        mutating get {
            let isOwed = !owesNothing
            return phase == .open ? intake.deadline(isOwed: isOwed) : .distantFuture
        }
    }

    mutating func deadlinePassed(at moment: Moment) {
        if min(writeDeadline, lingerDeadline) <= moment.now { return lost() }
        while let late = answers.oldestOpen, late.deadline <= moment.now {
            cancelled.append(late.ticket)
            let refusal = late.changes ? Refusal.changeTimedOut : .handlerTimedOut
            _ = answer(late.ticket, refusing: refusal)
            bodyIsUnwanted(by: late.ticket)
            settle(at: moment)
        }
        if let stream, stream.heartbeat <= moment.now {
            _ = streamed(output.isEmpty ? OutgoingStream.heartbeatComment : [], for: stream.ticket, at: moment)
        }
        if readingDeadline <= moment.now { judgeLateness(at: moment) }
    }

    private mutating func judgeLateness(at moment: Moment) {
        switch intake.lateness(at: moment) {
        case .none: break
        case .silent: finish()
        case .refused(let refusal):
            guard let incoming else { return refuse(refusal, at: moment) }
            if incoming.isUnwanted { bodyFailed(refusal) } else { refuseIncoming(refusal, at: moment) }
        }
    }
}
