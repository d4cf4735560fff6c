internal import CPostgres

/// Owns a `PGresult`.
// @unchecked: made on the loop, handed over once to the task that asked, and read only there.
final class QueryResult: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Takes over `pointer`.
    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// How many rows were written, by the command's tag; 0 for commands that have no count.
    var affectedRows: Int {
        Int(String(cString: PQcmdTuples(pointer))) ?? 0
    }

    /// How many rows an INSERT has written; 0 for all other commands.
    var insertedRows: Int {
        // No other command with a count begins with this letter.
        PQcmdStatus(pointer)[0] == CChar(UInt8(ascii: "I")) ? affectedRows : 0
    }

    /// The command's tag, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String {
        String(cString: PQcmdStatus(pointer))
    }

    /// Reads every row.
    func rows<Row>(_ decode: (inout RowDecoder) throws(DecodingFailure) -> Row) throws(DecodingFailure) -> [Row] {
        let count = PQntuples(pointer)
        var rows: [Row] = []
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            var decoder = RowDecoder(result: pointer, row: row)
            rows.append(try decode(&decoder))
        }
        return rows
    }

    /// The types of the columns or, of a described statement, of its parameters.
    var columnTypes: [UInt32] {
        (0..<PQnfields(pointer)).map { PQftype(pointer, $0) }
    }
    var parameterTypes: [UInt32] {
        (0..<PQnparams(pointer)).map { PQparamtype(pointer, $0) }
    }

    /// The error that this result is; the connection's message stands in where libpq made the error itself.
    var error: ServerError {
        ServerError(result: pointer)
    }
}

extension ServerError {
    /// Reads the fields of an error or a notice.
    init(result: OpaquePointer) {
        func field(_ code: UnicodeScalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        self.init(
            sqlState: SQLState(rawValue: field("C") ?? "08006"),
            severity: field("V").flatMap(Severity.init(rawValue:)) ?? (field("C") == nil ? .fatal : .notice),
            message: field("M") ?? String(cString: PQresultErrorMessage(result)),
            detail: field("D"), hint: field("H"), constraint: field("n"), table: field("t"))
    }
}
