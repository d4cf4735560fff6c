package import CloudWarehouse
internal import EventLoop

/// One question about an order, and what came of it.
package struct TurmoilAttempt: Sendable {
    /// Who asked. One client asks one thing after another.
    let client: Int
    let deed: TurmoilDeed
    let began: MonotonicInstant
    let ended: MonotonicInstant
    let answer: TurmoilAnswer
}

/// What everybody was told, in the order of their being told.
package final class TurmoilBook: Sendable {
    private let told: Lock<Told>
    private let ended = Lock(false)

    /// Everything that all clients of one turmoil were told.
    package struct Told: Sendable {
        /// By the reference of the order that it is about.
        package fileprivate(set) var attempts: [OrderReference: [TurmoilAttempt]] = [:]
        /// How much was received for certain.
        package fileprivate(set) var received: [SKUCode: Int64]
        /// How often each thing was answered as done, and how often nobody knew.
        package fileprivate(set) var counts: [String: Int] = [:]
        /// What nobody should ever have been told.
        package fileprivate(set) var complaints: [String] = []

        /// The orders that somebody was told are placed.
        package var placed: [OrderReference: [PlacedOrder]] {
            attempts.mapValues { attempts in
                attempts.compactMap { if case .placed(let placed) = $0.answer { placed } else { nil } }
            }.filter { !$0.value.isEmpty }
        }
    }

    /// A book about goods of which so much is there already.
    package init(received: [SKUCode: Int64]) {
        told = Lock(Told(received: received))
    }

    /// What is in it by now.
    package var contents: Told { told.withLock { $0 } }

    /// Whether the turmoil is over.
    package var isOver: Bool { ended.withLock { $0 } }
    /// Says that it is.
    package func end() { ended.withLock { $0 = true } }

    func note(_ attempt: TurmoilAttempt, of reference: OrderReference) {
        told.withLock { told in
            told.attempts[reference, default: []].append(attempt)
            switch attempt.answer {
            case .placed, .changed: told.counts[attempt.deed.participle, default: 0] += 1
            case .refused: told.counts["refused", default: 0] += 1
            case .notDone: told.counts["not done", default: 0] += 1
            case .unanswered: told.counts["unanswered", default: 0] += 1
            case .wrong(let words): told.complaints.append("\(reference.rawValue): \(words)")
            }
        }
    }

    func received(_ quantities: [SKUCode: Int64]) {
        told.withLock { $0.received.merge(quantities, uniquingKeysWith: +) }
    }

    /// Notes something that should not have been.
    package func complain(_ words: String) {
        told.withLock { $0.complaints.append(words) }
    }
}
