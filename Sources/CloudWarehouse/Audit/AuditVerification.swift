import EventLoop
import Postgres

/// Reads every seal and every sealed row of the audit log in a transaction that sees one snapshot.
struct AuditVerification {
    /// The most differences that are named.
    let limit: Int32
    /// A seal that is known from elsewhere.
    let known: SealMark?

    /// Seals that are read at once; each may hold some fifty kilobytes.
    private static let sealsPerPage: Int32 = 32

    /// What was looked at, and what differs.
    func run(
        in transaction: Transaction, deadline: MonotonicInstant
    ) async throws(PostgresError) -> (extent: VerificationReport.AuditExtent, differences: [Difference]) {
        var check = SealCheck(limit: Int(limit), known: known)
        while true {
            let seals = try await transaction.query(
                SealsAfter(number: check.last?.number ?? 0, limit: Self.sealsPerPage), deadline: deadline)
            guard let end = seals.map(\.range.upperBound).max() else { break }
            let rows = try await transaction.query(
                AuditContents(after: check.through, through: end, limit: .max), deadline: deadline)
            var rest = rows[...]
            for seal in seals {
                let own = rest.prefix { $0.id <= seal.range.upperBound }
                check.take(seal, rows: own)
                rest = rest.dropFirst(own.count)
            }
        }
        let unsealed = try await transaction.query(AuditRowsAfter(id: check.through), deadline: deadline).first ?? 0
        let extent = VerificationReport.AuditExtent(sealed: check.sealedRows, unsealed: unsealed, last: check.last)
        return (extent, check.differences())
    }
}
