internal import CloudWarehouse
internal import EventLoop
internal import Logging
internal import Postgres

// The loop has a Readiness too.
internal import class WarehouseAPI.Readiness

/// Tries until a base can be served, or until it is clear that waiting does not help.
struct StartUp: Sendable {
    /// Where, what and how.
    let settings: ServiceSettings
    /// Where the attempts' connections are.
    let loop: EventLoop
    /// Learns why the service is not ready yet.
    let readiness: Readiness
    /// Learns it too, with the reasons.
    let logger: Logger

    /// Delays between attempts.
    private static let backoff: Backoff = {
        var backoff = Backoff()
        backoff.first = .milliseconds(100)
        backoff.longest = .seconds(2)
        return backoff
    }()

    /// The base, once it can be served.
    ///
    /// - Throws: ``CommandFailure`` for what cannot heal, `CancellationError` when cancelled.
    func run() async throws -> Base {
        var failures = 0
        while true {
            do {
                return try await attempt()
            } catch {
                try Task.checkCancellation()
                let obstacle = Obstacle(error)
                guard obstacle.mayPass else { throw obstacle.failure }
                failures += 1
                tell(of: obstacle)
                let pause = Self.backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))
                try await loop.sleep(until: .now().advanced(by: pause))
            }
        }
    }

    private func attempt() async throws -> Base {
        let connection = try await Connection.connect(settings.database, limits: settings.limits, on: loop)
        do {
            let base = try await choose(Installation(on: connection))
            await connection.close()
            return base
        } catch {
            await connection.close()
            throw error
        }
    }

    private func choose(_ installation: Installation) async throws -> Base {
        let conditions = try await installation.conditions()
        if let register = conditions.first, let obstacle = Obstacle(register) { throw obstacle }
        let base = try await BaseChoice(key: settings.base).chosen(from: installation.bases())
        // Other bases may be older or newer than this binary: they are not served here.
        if let condition = conditions.first(where: { $0.schema == base.schema }), let obstacle = Obstacle(condition) {
            throw obstacle
        }
        return base
    }

    private func tell(of obstacle: Obstacle) {
        guard readiness.report(.notReady(obstacle.notice)) else { return }
        logger.warning(
            "not ready yet, trying again", metadata: obstacle.failure.logMetadata)
    }
}

extension CommandFailure {
    /// What, why and what to do, as a log's fields.
    var logMetadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["what": "\(what.en)"]
        if let why { metadata["why"] = "\(ControlCharacters.neutralised(Redaction.redacted(why.en)))" }
        if let remedy { metadata["do"] = "\(remedy.en)" }
        return metadata
    }
}
