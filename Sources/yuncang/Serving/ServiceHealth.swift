internal import CloudWarehouse
internal import Postgres
internal import WarehouseAPI

/// Decides from what the probes of a running service found whether it is ready. Knows neither clock nor database.
struct ServiceHealth: Sendable {
    private var outage: CommandFailure?
    private var schema: CommandFailure?
    private var warnings: [String] = []

    /// All is well until a probe finds otherwise.
    init() {}

    /// Whether the database answered when it was asked last.
    var answers: Bool { outage == nil }

    /// The database answered.
    mutating func answered() {
        outage = nil
    }

    /// The database did not answer. Connections that are all busy are no outage: they will be free again.
    mutating func failed(_ error: PostgresError) {
        switch error {
        case .pool(.deadlineExceeded(lastFailure: nil)), .pool(.tooManyWaiters): return
        default: outage = error.commandFailure
        }
    }

    /// The schema was looked at.
    mutating func inspected(_ inspection: BaseProbe.Inspection) {
        (schema, warnings) = (nil, [])
        switch inspection.condition.state {
        case .current: break
        case .pending(let names): schema = .pending(names, in: inspection.condition.schema)
        case .unusable(.newerThanBinary):
            // A migration works with the binary before it; starting anew is what would fail.
            warnings.append("the schema is newer than this yuncang: replace it by the one that migrated")
        case .unusable(let failure): schema = failure.commandFailure(in: inspection.condition.schema)
        }
        if inspection.gaps.contains(where: { $0.monthsAhead == 0 }) {
            schema = schema ?? .missingPartitions
        } else if let next = inspection.gaps.first(where: { $0.monthsAhead == 1 }) {
            let names = next.partitions.joined(separator: ", ")
            warnings.append("next month's partitions are missing: run yuncang maintain (\(names))")
        }
    }

    /// What keeps it from being ready; nil when nothing does.
    var obstacle: CommandFailure? { outage ?? schema }

    /// What `/readyz` says.
    var state: Readiness.State {
        if let obstacle { return .notReady(Obstacle.notice(obstacle)) }
        return .ready(warning: warnings.isEmpty ? nil : warnings.joined(separator: "; "))
    }
}

extension CommandFailure {
    /// Nothing can be received or moved this month.
    static var missingPartitions: CommandFailure {
        CommandFailure(
            .configuration,
            what: Text(en: "this month's partitions are missing", zh: "缺少本月的分区"),
            remedy: Text(en: "make them, as the schema's owner", zh: "以 schema 所有者的身份建好"),
            next: [.maintain])
    }
}
