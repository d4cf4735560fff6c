internal import EventLoop
internal import Glibc
public import Logging
public import Postgres

internal import class CoreMetrics.Counter
internal import class CoreMetrics.Gauge

/// Seals the audit log of one base: writes down, some time after rows were inserted, what stands in them.
///
/// Inserting waits for no seal. Several sealers may run, of one server or of many: numbers are unique, and who comes second
/// looks again. What has not been sealed yet is not protected: that is the last ``AuditSealLimits/interval`` and
/// ``AuditSealLimits/margin`` of an audit log, and what runs longer.
///
/// Ids carry the time at which their transaction read the database's clock, so a row may be committed late, with an id
/// below others that are there already. A range is therefore sealed only up to a horizon below which no row can appear any
/// more: the start of the oldest transaction of this role that is still running, and the margin before the present, whichever
/// is earlier. The clock is read first, the running transactions next, the rows last: a transaction whose id lies below the
/// horizon began before all that were running and before the clock was read, so it had ended, and what it committed is
/// seen. Only this role inserts audit rows; whoever else puts one below the horizon is named by ``Verification``.
public struct AuditSealer: Sendable {
    private let pool: Pool
    private let limits: AuditSealLimits
    private let logger: Logger
    private let seals = Counter(label: "yuncang_audit_seals_total")
    private let failures = Counter(label: "yuncang_audit_seal_failures_total")
    private let lastLook = Gauge(label: "yuncang_audit_last_look_timestamp_seconds")

    /// A sealer of the base that the connections of `pool` belong to, which has to be the service's.
    public init(pool: Pool, limits: AuditSealLimits = AuditSealLimits(), logger: Logger) {
        self.pool = pool
        self.limits = limits
        self.logger = logger
    }

    /// Looks for rows to seal again and again, until cancelled.
    ///
    /// Each new end of the chain is written into the log: kept outside the database, it tells later whether the end was cut.
    public func run() async {
        while !Task.isCancelled {
            do throws(AuditError) {
                let marks = try await seal()
                seals.increment(by: marks.count)
                lastLook.record(Int64(time(nil)))
                if let last = marks.last {
                    logger.notice("sealed the audit log", metadata: ["seal": "\(last)"])
                }
            } catch {
                // The rows wait, unprotected but not lost.
                if Task.isCancelled { return }
                failures.increment()
                logger.warning("the audit log could not be sealed", metadata: ["reason": "\(error)"])
            }
            do throws(EventLoopError) { try await pool.loop.sleep(until: .now().advanced(by: limits.interval)) } catch {
                return
            }
        }
    }

    /// Seals what can be sealed now; gives the marks of the new seals, in order.
    public func seal() async throws(AuditError) -> [SealMark] {
        var marks: [SealMark] = []
        for _ in 0..<limits.sealsPerLook {
            switch try await sealOnce() {
            case .sealed(let mark): marks.append(mark)
            case .overtaken: continue
            case .nothingToSeal: return marks
            }
        }
        return marks
    }

    private enum Outcome {
        case sealed(SealMark)
        /// Another sealer took the number.
        case overtaken
        case nothingToSeal
    }

    private func sealOnce() async throws(AuditError) -> Outcome {
        try await pool.transaction(throwing: AuditError.self) { transaction in
            guard let now = try await transaction.query(DatabaseClock()).first else {
                throw PostgresError.misuse("the clock gave no row")
            }
            let (running, ends) = try await transaction.batch(OldestTransaction(), LastSeal())
            let horizon = min(now.earlier(by: limits.margin), (running.first ?? nil) ?? now)
            let end = ends.first
            let rows = try await transaction.query(
                AuditContents(
                    after: end?.through ?? ID(lowestOf: AuditEntry.self), through: ID(firstAt: horizon),
                    limit: limits.rowsPerSeal))
            guard !rows.isEmpty else { return .nothingToSeal }
            let seal = Seal(rows, after: end.flatMap { SealMark(number: $0.number, digest: $0.digest) }, at: now)
            return try await transaction.execute(InsertSeal(seal: seal)) == 1 ? .sealed(SealMark(seal)) : .overtaken
        }
    }
}

extension Timestamp {
    fileprivate func earlier(by duration: Duration) -> Timestamp {
        Timestamp(microsecondsSince1970: max(0, microsecondsSince1970 - Int64(duration / .microseconds(1))))
    }
}

extension ID {
    /// Below every id that is made.
    init(lowestOf entity: Entity.Type) {
        self.init(firstAt: Timestamp(microsecondsSince1970: 0))
    }
}
