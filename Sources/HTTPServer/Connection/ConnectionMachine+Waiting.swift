internal import EventLoop

/// What a connection waits for.
extension ConnectionMachine {
    /// What the kernel shall report. A streaming connection is read ahead a little, to hear that the client has gone.
    var interest: Interest {
        mutating get {
            var interest: Interest = output.isEmpty ? [] : .writable
            guard !peerHasFinished else { return interest }
            let takesRequest = phase == .open && mayTakeRequest
            let mayRead = phase == .lingering || takesRequest || stream != nil && !intake.holdsInput
            if mayRead { interest.insert(.readable) }
            return interest
        }
    }

    /// Whether something waits to be written, and nothing that is to follow it is being answered.
    var isReadyToLeave: Bool { mutating get { owesNothing && !output.isEmpty } }

    /// Whether there may be a next step though nothing else has happened than that all was written.
    var mayGoOn: Bool {
        mutating get {
            phase != .open || peerHasFinished || intake.holdsInput || producer != nil || !cancelled.isEmpty
        }
    }

    /// Whether there is room for one more request, and for its answer.
    var mayTakeRequest: Bool {
        mutating get {
            stream == nil && incoming?.mayRead ?? (answers.count < rules.limits.pipelinedRequests)
                && output.count < rules.limits.outputBytes
        }
    }
}
