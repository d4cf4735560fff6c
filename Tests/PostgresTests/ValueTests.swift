import FoundationEssentials
import Testing

@testable import Postgres

/// A value of Swift's and how PostgreSQL prints it.
struct ValueCase: Sendable, CustomTestStringConvertible {
    let type: String
    let text: String?
    let roundTrip: @Sendable (Connection) async throws -> (printed: String?, same: Bool)
    var testDescription: String { "\(type) \(text ?? "NULL")" }

    init<Value: PostgresCodable & Equatable>(_ type: String, _ value: Value, _ text: String?) {
        self.type = type
        self.text = text
        roundTrip = { connection in
            var parameters = Parameters()
            parameters.append(value)
            let rows = try await connection.query(sql: "SELECT $1::\(type), $1::\(type)::text", parameters) {
                row throws(DecodingFailure) in (try row.next(Value.self), try row.next(String?.self))
            }
            return (rows[0].1, rows[0].0 == value)
        }
    }

    static let all: [ValueCase] = [
        ValueCase("bool", true, "true"), ValueCase("bool", false, "false"),
        ValueCase("int2", Int16.min, "-32768"), ValueCase("int4", Int32.max, "2147483647"),
        ValueCase("int8", Int64.min, "-9223372036854775808"), ValueCase("int8", Int64?.none, nil),
        ValueCase("text", "", ""), ValueCase("text", "伊马乔大棚甜瓜 🍈 'quoted' \"too\"", "伊马乔大棚甜瓜 🍈 'quoted' \"too\""),
        ValueCase("text", String?.none, nil),
        ValueCase("bytea", Bytea([0, 255, 92]), "\\x00ff5c"), ValueCase("bytea", Bytea([]), "\\x"),
        ValueCase(
            "uuid", UUID(uuidString: "01936b1c-9f3a-7abc-8def-0123456789ab")!, "01936b1c-9f3a-7abc-8def-0123456789ab"),
        ValueCase("date", CalendarDate("2024-02-29")!, "2024-02-29"),
        ValueCase("date", CalendarDate("1969-12-31")!, "1969-12-31"),
        ValueCase("date", CalendarDate("0001-01-01")!, "0001-01-01"),
        ValueCase("date", CalendarDate("9999-12-31")!, "9999-12-31"),
        ValueCase(
            "timestamptz", Timestamp(microsecondsSince1970: 1_687_000_000_123_456), "2023-06-17 11:06:40.123456+00"),
        ValueCase("timestamptz", Timestamp(microsecondsSince1970: -1), "1969-12-31 23:59:59.999999+00"),
        ValueCase("numeric", Numeric("0")!, "0"), ValueCase("numeric", Numeric("-0.00010")!, "-0.00010"),
        ValueCase("numeric", Numeric("12345678901234567890.0987654321")!, "12345678901234567890.0987654321"),
        ValueCase("numeric", Numeric("100000000")!, "100000000"), ValueCase("numeric", Numeric("NaN")!, "NaN"),
        ValueCase("numeric", Numeric("9999.9999")!, "9999.9999"), ValueCase("numeric", Numeric("0.5")!, "0.5"),
        ValueCase("jsonb", JSONB(text: "{\"a\": [1, null, \"甜瓜\"]}"), "{\"a\": [1, null, \"甜瓜\"]}"),
        ValueCase("int8[]", [Int64](), "{}"), ValueCase("int8[]", [Int64(1), 2, 3], "{1,2,3}"),
        ValueCase("int4[]", [Int32?(1), nil, 3], "{1,NULL,3}"), ValueCase("int2[]", [Int16(-1)], "{-1}"),
        ValueCase("text[]", ["a,b", "", "NULL", "{}"], "{\"a,b\",\"\",\"NULL\",\"{}\"}"),
        ValueCase("bool[]", [true, false], "{t,f}"), ValueCase("bytea[]", [Bytea([1])], "{\"\\\\x01\"}"),
        ValueCase("uuid[]", [UUID.sample], "{00000000-0000-0000-0000-000000000000}"),
        ValueCase("date[]", [CalendarDate("2000-01-01")!], "{2000-01-01}"),
        ValueCase("timestamptz[]", [Timestamp?.none], "{NULL}"), ValueCase("numeric[]", [Numeric("1.50")!], "{1.50}"),
        ValueCase("jsonb[]", [JSONB(text: "1")], "{1}"), ValueCase("int8[]", [Int64]?.none, nil),
    ]
}

@Suite struct ValueTests {
    @Test(
        "every type goes to PostgreSQL and back unchanged, and PostgreSQL prints what was meant",
        arguments: ValueCase.all)
    func roundTrip(value: ValueCase) async throws {
        try await withConnection(to: TestServer.superuser.session("TimeZone", "UTC")) { connection in
            let (printed, same) = try await value.roundTrip(connection)
            #expect(printed == value.text)
            #expect(same)
        }
    }

    @Test("what is no value of the type is refused, and says what it is")
    func refused() async throws {
        try await withConnection { connection in
            func failure<Value: PostgresDecodable>(_ type: Value.Type, _ sql: String) async throws -> DecodingFailure? {
                do {
                    let _: Value = try await connection.value(sql)
                    return nil
                } catch PostgresError.decoding(let failure, _) {
                    return failure
                }
            }
            let found1 = try await failure(Int64.self, "SELECT 1::int4")
            #expect(found1 == .wrongType(expected: .int8, found: 23))
            let found2 = try await failure(Int64.self, "SELECT NULL::int8")
            #expect(found2 == .unexpectedNull)
            let found3 = try await failure([Int64].self, "SELECT '{1,NULL}'::int8[]")
            #expect(found3 == .unexpectedNull)
            let found4 = try await failure([Int64].self, "SELECT '{{1},{2}}'::int8[]")
            #expect(found4 == .malformed("an array of 2 dimensions"))
            let found5 = try await failure(CalendarDate.self, "SELECT 'infinity'::date")
            #expect(found5 == .malformed("an infinite date"))
            let found6 = try await failure(Timestamp.self, "SELECT '-infinity'::timestamptz")
            #expect(found6 == .malformed("an infinite timestamp"))
            let found7 = try await failure(Numeric.self, "SELECT 'Infinity'::numeric")
            #expect(found7 == .malformed("an infinite numeric"))
        }
    }

    @Test("the calendar: every day of four centuries has one date, and no date has another's day")
    func calendar() {
        var previous = CalendarDate("1799-12-31")!
        for days in previous.daysSince1970 + 1...previous.daysSince1970 + 146_097 {
            let date = CalendarDate(daysSince1970: days)
            let (year, month, day) = date.components
            let (lastYear, lastMonth, lastDay) = previous.components
            let follows =
                (year == lastYear && month == lastMonth && day == lastDay + 1)
                || (day == 1
                    && (year == lastYear && month == lastMonth + 1
                        || year == lastYear + 1 && month == 1 && lastMonth == 12))
            if !follows { Issue.record("\(date) after \(previous)") }
            if CalendarDate(year: year, month: month, day: day) != date { Issue.record("\(date) does not come back") }
            previous = date
        }
        #expect(previous.description == "2199-12-31")
    }

    @Test(
        "text that is no date is none",
        arguments: [
            "2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01", "2023-00-10", "2023-1-01", "+023-01-01", "20230101",
            "",
        ])
    func noDate(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("text that is no number is none", arguments: ["", "-", ".5", "5.", "1e5", " 1", "1.2.3", "０"])
    func noNumber(text: String) {
        #expect(Numeric(text) == nil)
    }

    @Test("a truncated or overlong binary form is an error, never a trap", arguments: 0..<64)
    func truncated(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes: [UInt8] = []
        [Int64?(1), nil].encode(into: &bytes)
        let cut = Int.random(in: 0..<bytes.count, using: &generator)
        bytes = Array(bytes[..<cut])
        #expect(throws: DecodingFailure.self) { try bytes.withUnsafeBytes { _ = try [Int64?](binary: $0) } }
        let noise = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        noise.withUnsafeBytes { buffer in
            _ = try? Numeric(binary: buffer).description
            _ = try? [String](binary: buffer)
            _ = try? JSONB(binary: buffer)
        }
    }
}
