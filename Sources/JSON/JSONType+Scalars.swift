extension JSONType where Value == Bool {
    /// `true` or `false`.
    public static var boolean: Self {
        JSONType(
            schema: .boolean,
            read: { reader, node in
                if let value = reader.boolean(node) { return value }
                reader.refuse(node, .wrongType, expecting: .boolean)
                return nil
            },
            write: { $1.boolean($0) })
    }
}

extension JSONType where Value: FixedWidthInteger & SignedInteger & Sendable {
    /// An integer within the range, written without fraction and exponent: 9, never 9.0 or 9e0.
    ///
    /// The range is cut to what the Swift type holds.
    @inlinable
    public static func integer(_ range: ClosedRange<Int> = .min ... .max) -> Self {
        let range = Int64(Value(clamping: range.lowerBound))...Int64(Value(clamping: range.upperBound))
        let schema = JSONSchema.integer(range)
        return JSONType(
            schema: schema,
            read: { reader, node in reader.integer(node, within: range, schema).map { Value($0) } },
            write: { $1.integer(Int64($0)) })
    }
}

extension JSONReader {
    @usableFromInline
    mutating func integer(_ node: Node, within range: ClosedRange<Int64>, _ schema: JSONSchema) -> Int64? {
        let code: JSONProblem.Code
        do throws(JSONProblem.Code) {
            let value = try integer(node)
            if range.contains(value) { return value }
            code = .outOfRange
        } catch {
            code = error
        }
        refuse(node, code, expecting: schema)
        return nil
    }
}
