internal import CloudWarehouse
internal import EventLoop
internal import Postgres

/// Looks at the database that is served, and at the way by which it is migrated.
struct DatabaseDiagnosis: Sendable {
    /// Where `serve` finds the database.
    let service: DatabaseLocation
    /// Where `migrate` finds it, when that is said apart.
    let owner: DatabaseLocation?
    /// How many connections `serve` would make.
    let connections: Int
    /// Where the connections live.
    let loop: EventLoop
    /// The oldest server, and how long things may take.
    var limits = ConnectionLimits()

    /// Never fails: what cannot be reached is what was found, and what stands on it is not looked at.
    func run() async -> [Diagnosis] {
        do {
            return try await withConnection(to: service) { connection in
                let examination = Examination(on: connection, wantedConnections: connections)
                let found = try await examination.run().map(\.diagnosis)
                return [connected] + Self.ordered(found) + (await examineOwner(beside: examination))
            }
        } catch {
            return [Diagnosis(.connection, CommandFailure(error))] + Check.inDatabase.map { .notExamined($0) }
                + (await examineOwner(beside: nil))
        }
    }

    private var connected: Diagnosis {
        Diagnosis(.connection, .ok, found: Text(en: "connected: \(service)", zh: "已连接：\(service)"))
    }

    /// In the order of the checks; those of which nothing was found, since what they stand on is not right, say so.
    private static func ordered(_ found: [Diagnosis]) -> [Diagnosis] {
        Check.inDatabase.flatMap { check in
            let ofCheck = found.filter { $0.check == check }
            return ofCheck.isEmpty ? [.notExamined(check)] : ofCheck
        }
    }

    private func examineOwner(beside examination: Examination?) async -> [Diagnosis] {
        guard let owner else { return [] }
        do {
            return try await withConnection(to: owner) { connection in
                guard let examination else {
                    let found = Text(en: "connected: \(owner)", zh: "已连接：\(owner)")
                    return [Diagnosis(.ownerConnection, .ok, found: found)]
                }
                return [try await examination.run(owner: connection).diagnosis]
            }
        } catch {
            return [Diagnosis(.ownerConnection, CommandFailure(error))]
        }
    }

    private func withConnection(
        to location: DatabaseLocation, _ body: (Connection) async throws -> [Diagnosis]
    ) async throws -> [Diagnosis] {
        let connection = try await Connection.connect(location.connectionOptions(), limits: limits, on: loop)
        do {
            let diagnoses = try await body(connection)
            await connection.close()
            return diagnoses
        } catch {
            await connection.close()
            throw error
        }
    }
}
