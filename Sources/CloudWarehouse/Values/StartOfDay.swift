import Postgres

/// Asks the database, which knows the time zones, when a day begins in one of them.
struct StartOfDay: Statement {
    let day: CalendarDate
    let timeZone: String

    static let sql = "SELECT ($1::date)::timestamp AT TIME ZONE $2"

    func bind(to parameters: inout Parameters) {
        parameters.append(day)
        parameters.append(timeZone)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Timestamp {
        try row.next()
    }
}
