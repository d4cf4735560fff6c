import Postgres

/// Reads which day it is in a time zone, by the database's clock.
struct BusinessDay: Statement {
    let timeZone: String

    static let sql = "SELECT (clock_timestamp() AT TIME ZONE $1)::date"

    func bind(to parameters: inout Parameters) {
        parameters.append(timeZone)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> CalendarDate {
        try row.next()
    }
}
