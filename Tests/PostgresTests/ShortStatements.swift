@testable import Postgres

/// Any statement that gives whole numbers.
struct Numbers: Statement {
    let number: Int64

    static let sql = "SELECT n + $1 FROM generate_series(1, 3) AS n"

    func bind(to parameters: inout Parameters) { parameters.append(number) }
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// Fails with 22012 when it divides by nothing.
struct Quotient: Statement {
    let divisor: Int64

    static let sql = "SELECT 12 / $1::bigint"

    func bind(to parameters: inout Parameters) { parameters.append(divisor) }
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

struct Put: Command {
    let number: Int64

    static let sql = "INSERT INTO crate VALUES ($1)"

    func bind(to parameters: inout Parameters) { parameters.append(number) }
}

struct Level: Statement {
    static let sql = "SELECT current_setting('transaction_isolation')"

    func bind(to parameters: inout Parameters) {}
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> String { try row.next() }
}
