internal import CloudWarehouse
internal import Postgres

/// What one order is, if one thing was done to it after another, and what is told of it that the model has not done yet.
struct OrderModel: Hashable {
    /// Nil before it is placed.
    var state: OrderState?
    var revision: Int32 = 0
    /// Nil while nobody has said what it costs.
    var total: Fen?
    /// How often each event is told of that has no cause yet, by its name.
    var untold: [String: Int]

    /// What it may be after the deed has had its effect: nothing where it can have none.
    func effects(of deed: TurmoilDeed) -> [OrderModel] {
        guard let count = untold[deed.participle], count > 0 else { return [] }
        var next = self
        next.untold[deed.participle] = count - 1
        let states: [OrderState]
        switch (deed, state) {
        case (.place(let payment), nil):
            states =
                switch payment {
                case .paid: [.committed]
                case .due: [.held]
                case .paidElsewhere: [.committed, .paidShort]
                }
        case (.change(let event), let state?):
            switch state.after(event) {
            case .becomes(let state): states = [state]
            case .claims: states = [.committed, .paidShort]
            case .changesLines:
                next.revision += 1
                next.total = nil
                states = state == .paidShort ? [.committed, .paidShort] : [state]
            case .unchanged, .refused: states = []
            }
        default: states = []
        }
        return states.map { state in
            next.state = state
            return next
        }
    }

    /// What it may be after this was answered, now: nothing where the answer is wrong.
    ///
    /// - Parameter isStrict: Whether the answer tells who did it: not so if the server may have looked again.
    func after(_ deed: TurmoilDeed, answered answer: TurmoilAnswer, isStrict: Bool) -> [OrderModel] {
        switch (answer, deed) {
        case (.placed(let placed), .place):
            guard state == nil else { return [self] }
            return effects(of: deed).compactMap { model in
                var model = model
                model.total = placed.total
                return placed.isShort == (model.state == .paidShort) ? model : nil
            }
        case (.changed(let summary, let isRepeated), .change(let event)):
            var found: [OrderModel] = []
            if isRepeated != false || !isStrict, mayBeSoAlready(after: event) { found.append(self) }
            if isRepeated != true || !isStrict { found += effects(of: deed) }
            return found.compactMap { $0.agreeing(with: summary) }
        case (.refused(let refusal), _): return isRefused(deed, refusal) ? [self] : []
        case (.notDone, _), (.unanswered, _), (.wrong, _): return [self]
        case (.placed, _), (.changed, _): return []
        }
    }

    private func mayBeSoAlready(after event: OrderEvent) -> Bool {
        switch state?.after(event) {
        case .unchanged, .changesLines: true
        case .claims: state == .paidShort
        case .becomes, .refused, nil: false
        }
    }

    private func isRefused(_ deed: TurmoilDeed, _ refusal: TurmoilAnswer.Refusal) -> Bool {
        guard case .change(let event) = deed else { return refusal == .lines && state == nil }
        guard let state else { return refusal == .absent }
        return switch (refusal, state.after(event)) {
        case (.state, .refused), (.lines, .changesLines): true
        default: false
        }
    }

    /// The same if the order is so, and what it costs if nobody has said it yet.
    func agreeing(with summary: OrderSummary) -> OrderModel? {
        guard summary.state == state, summary.revision == revision, summary.total == total ?? summary.total else {
            return nil
        }
        var model = self
        model.total = summary.total
        return model
    }
}
