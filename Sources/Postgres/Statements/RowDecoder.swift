internal import CPostgres

/// Reads the columns of one row, from the left.
public struct RowDecoder {
    /// Where columns come from: a result's row, or samples of whatever is asked for.
    private enum Source {
        case result(OpaquePointer, row: Int32, columns: Int32)
        case samples
    }

    private let source: Source
    private var column: Int32 = 0
    /// The types that were asked for so far, when reading samples.
    private(set) var sampled: [PostgresType] = []

    /// A row of `result`, which must outlive the decoder.
    init(result: OpaquePointer, row: Int32) {
        source = .result(result, row: row, columns: PQnfields(result))
    }

    /// A row of samples.
    init() {
        source = .samples
    }

    /// Reads the next column.
    ///
    /// - Throws: ``DecodingFailure`` when there is none, or it is no such value.
    public mutating func next<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(DecodingFailure)
        -> Value
    {
        guard case .result(let result, let row, let columns) = source else {
            sampled.append(Value.postgresType)
            return Value.sample
        }
        guard column < columns else { throw .missingColumn(Int(column)) }
        defer { column += 1 }
        // Every row of a result has the same types: the first one answers for all.
        if row == 0 {
            let found = PQftype(result, column)
            guard Value.postgresType.reads(found) else { throw .wrongType(expected: Value.postgresType, found: found) }
        }
        guard PQgetisnull(result, row, column) == 0 else { return try Value.null() }
        let length = Int(PQgetlength(result, row, column))
        return try Value(binary: UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: length))
    }
}
