internal import CloudWarehouse
internal import EventLoop
internal import Logging
internal import Postgres

// The loop has a Readiness too.
internal import class WarehouseAPI.Readiness

/// Goes on asking, once a base is served, whether that still works, and tells ``Readiness``.
struct ReadinessWatch: Sendable {
    /// Asks the database.
    let probe: BaseProbe
    /// Gives the time.
    let loop: EventLoop
    /// Is told.
    let readiness: Readiness
    /// Is told what is news.
    let logger: Logger

    /// Between two questions to the database, and how long each may take.
    private static let interval = Duration.seconds(2)
    /// Every so many questions, the schema is looked at too.
    private static let questionsPerInspection = 15

    /// Watches until cancelled; the first look is at once.
    func run() async {
        var health = ServiceHealth()
        var sinceInspection = Self.questionsPerInspection
        while !Task.isCancelled {
            let wasAnswering = health.answers
            await ask(&health)
            sinceInspection += 1
            if health.answers, !wasAnswering || sinceInspection > Self.questionsPerInspection {
                await inspect(&health)
                sinceInspection = 1
            }
            if Task.isCancelled { return }
            tell(health)
            do throws(EventLoopError) { try await loop.sleep(until: .now().advanced(by: Self.interval)) } catch {
                return
            }
        }
    }

    private func ask(_ health: inout ServiceHealth) async {
        do throws(PostgresError) {
            try await probe.ping(deadline: .now().advanced(by: Self.interval))
            health.answered()
        } catch {
            health.failed(error)
        }
    }

    private func inspect(_ health: inout ServiceHealth) async {
        do throws(InstallationError) {
            health.inspected(try await probe.inspect(deadline: .now().advanced(by: Self.interval)))
        } catch .database(let error) {
            health.failed(error)
        } catch {
            logger.error("the schema cannot be looked at", metadata: error.commandFailure.logMetadata)
        }
    }

    private func tell(_ health: ServiceHealth) {
        let state = health.state
        guard readiness.report(state) else { return }
        switch state {
        case .ready(nil): logger.notice("ready")
        case .ready(let warning?): logger.warning("ready", metadata: ["warning": "\(warning)"])
        case .notReady: logger.error("not ready", metadata: health.obstacle?.logMetadata ?? [:])
        }
    }
}
