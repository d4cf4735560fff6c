import Testing

@testable import Postgres

private struct Malformed: Command {
    static let sql = "SELEKT"
    func bind(to parameters: inout Parameters) {}
}

private struct One: Statement {
    static let sql = "SELECT 1::int8"
    func bind(to parameters: inout Parameters) {}
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

private struct Two: Statement {
    static let sql = "SELECT 2::int8"
    func bind(to parameters: inout Parameters) {}
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

@Suite struct StatementNamesTests {
    @Test(
        "the name of a statement that was refused is not given to another, which may have taken the next one meanwhile")
    func namesAfterFailure() async throws {
        try await withConnection { connection in
            for _ in 0..<3 {
                async let malformed = sqlState { try await connection.execute(Malformed()) }
                async let one = connection.query(One())
                #expect(await malformed == SQLState(rawValue: "42601"))
                let found = try await one
                #expect(found == [1])
                let other = try await connection.query(Two())
                #expect(other == [2])
            }
        }
    }

    @Test("a name is never used twice, whatever is forgotten")
    func unique() {
        var names = StatementNames()
        var used: Set<String> = []
        for round in 0..<6 {
            for command in [PipelinedCommand(Malformed()), PipelinedCommand(One()), PipelinedCommand(Two())] {
                let (name, isNew) = names.name(of: command)
                if isNew { #expect(used.insert(name).inserted, "\(name) in round \(round)") }
            }
            if round % 2 == 0 {
                names.forget(names.name(of: PipelinedCommand(Malformed())).name)
            } else {
                names.forgetAll()
            }
        }
    }
}
