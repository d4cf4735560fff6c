/// How one Swift type stands in JSON: read from it, written to it, and described as a schema, declared in one place.
///
/// Small types (`.integer(1...99)`, `.string(1...40)`) compose into arrays and objects:
///
///     extension OrderLine {
///         static let json = JSONType.object(
///             "OrderLine",
///             .required("sku", \.sku, .string(1...40)),
///             .required("quantity", \.quantity, .integer(1...100_000)),
///             .optional("note", \.note, .string(0...200)),
///             make: OrderLine.init(sku:quantity:note:))
///     }
///
///     let line = try OrderLine.json.read(body)      // throws JSONRefusal with every problem
///     let answer = OrderLine.json.bytes(of: line)
public struct JSONType<Value>: Sendable {
    /// Reads one value; nil means that it has recorded at least one problem with the reader.
    public typealias Read = @Sendable (inout JSONReader, JSONReader.Node) -> Value?
    /// Writes one value.
    public typealias Write = @Sendable (Value, inout JSONWriter) -> Void

    /// What documents of this type look like.
    public let schema: JSONSchema
    @usableFromInline let readValue: Read
    @usableFromInline let writeValue: Write

    /// A type from its three parts, which must agree with each other.
    @inlinable
    public init(schema: JSONSchema, read: @escaping Read, write: @escaping Write) {
        self.schema = schema
        readValue = read
        writeValue = write
    }

    /// Reads a whole document of this type.
    ///
    /// Throws every problem found, up to `limits.problems`.
    @inlinable
    public func read(_ document: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONRefusal) -> Value {
        // The reader keeps the pointer only inside of this closure.
        try document.withUnsafeBufferPointer { (bytes) throws(JSONRefusal) in
            var reader = try JSONReader(scanning: bytes, limits: limits)
            let value = readValue(&reader, reader.root)
            guard let value, reader.problems.isEmpty else { throw JSONRefusal(problems: reader.problems) }
            return value
        }
    }

    /// Writes a value after what the writer already holds.
    @inlinable
    public func write(_ value: Value, to writer: inout JSONWriter) {
        writeValue(value, &writer)
    }

    /// A value as a document.
    public func bytes(of value: Value) -> [UInt8] {
        var writer = JSONWriter()
        writeValue(value, &writer)
        return writer.bytes
    }
}
