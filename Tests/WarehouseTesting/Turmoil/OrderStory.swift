internal import CloudWarehouse
internal import EventLoop

/// Looks for one order in which everything that was asked of an order can have been done, one after another, so that everybody
/// was told the truth, each event is told of once, and the order is in the end what it is.
///
/// What ended before something else began comes before it. What was not answered may have been done at any time after it was
/// asked, or never; what was answered after a fault may have been done by the server some time before its answer.
struct OrderStory {
    /// By client, each in their order.
    private let attempts: [[TurmoilAttempt]]
    private let isFaulty: Bool

    /// How many situations are looked at before it is given up.
    private static let patience = 200_000

    init(_ attempts: [TurmoilAttempt], isFaulty: Bool) {
        self.attempts = Dictionary(grouping: attempts, by: \.client).sorted { $0.key < $1.key }.map(\.value)
        self.isFaulty = isFaulty
    }

    private struct Situation: Hashable {
        var model: OrderModel
        /// How many of each client's attempts are over.
        var positions: [Int]
        /// Whether a client's next attempt has had its effect already.
        var early: [Bool]
        /// What was not answered, and has had no effect yet.
        var late: [TurmoilDeed: Int] = [:]
    }

    /// Whether there is one.
    ///
    /// - Parameters:
    ///   - events: How often each event is told of, by its name.
    ///   - final: What the order is; nil if there is none.
    func isExplained(by events: [String: Int], _ final: OrderSummary?) -> Bool {
        let start = Situation(
            model: OrderModel(untold: events), positions: attempts.map { _ in 0 }, early: attempts.map { _ in false })
        var seen: Set<Situation> = [start]
        var open = [start]
        while let situation = open.popLast(), seen.count < Self.patience {
            if isEnd(situation, final) { return true }
            for next in moves(from: situation) where seen.insert(next).inserted { open.append(next) }
        }
        return false
    }

    private func isEnd(_ situation: Situation, _ final: OrderSummary?) -> Bool {
        guard zip(situation.positions, attempts).allSatisfy({ $0 == $1.count }),
            situation.model.untold.values.allSatisfy({ $0 == 0 })
        else { return false }
        guard let final else { return situation.model.state == nil }
        return situation.model.agreeing(with: final) != nil
    }

    /// The likely ones last, since these are followed first.
    private func moves(from situation: Situation) -> [Situation] {
        var found: [Situation] = []
        func add(_ models: [OrderModel], _ change: (inout Situation) -> Void) {
            for model in models {
                var next = situation
                next.model = model
                change(&next)
                found.append(next)
            }
        }
        add(situation.model.effects(of: .change(.expire))) { _ in }
        for (deed, count) in situation.late {
            add(situation.model.effects(of: deed)) { $0.late[deed] = count == 1 ? nil : count - 1 }
        }
        let next = attempts.indices.compactMap { client in
            situation.positions[client] < attempts[client].count
                ? (client, attempts[client][situation.positions[client]]) : nil
        }
        guard let firstEnd = next.map(\.1.ended).min() else { return found }
        for (client, attempt) in next where attempt.began <= firstEnd {
            if isFaulty, attempt.answer.isDefinite, !situation.early[client] {
                add(situation.model.effects(of: attempt.deed)) { $0.early[client] = true }
            }
            let models = situation.model.after(attempt.deed, answered: attempt.answer, isStrict: !isFaulty)
            add(models) { next in
                next.positions[client] += 1
                next.early[client] = false
                if case .unanswered = attempt.answer { next.late[attempt.deed, default: 0] += 1 }
            }
        }
        return found
    }
}
