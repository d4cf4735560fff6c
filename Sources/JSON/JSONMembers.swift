/// The members of a declared object, laid out for reading and writing.
@usableFromInline
struct JSONMembers<Root>: Sendable {
    /// Writes one member with its key, or nothing.
    @usableFromInline typealias Write = @Sendable (Root, inout JSONWriter) -> Void
    /// Reads one member only to record what is wrong with it.
    @usableFromInline typealias Check = @Sendable (inout JSONReader, JSONReader.Opened, Int) -> Void

    @usableFromInline let schema: JSONObjectSchema
    @usableFromInline let names: JSONNames
    /// Of each member its `JSONMemberReader`, in the order of declaration.
    @usableFromInline private(set) var readers: [any AnyObject & Sendable] = []
    @usableFromInline private(set) var checks: [Check] = []
    @usableFromInline private(set) var writes: [Write] = []

    @usableFromInline
    init(_ schema: JSONObjectSchema, readOnly: [String]) {
        self.schema = schema
        names = JSONNames(schema, readOnly: readOnly)
    }

    @usableFromInline
    mutating func append<Member>(_ field: JSONField<Root, Member>) {
        readers.append(field.reader)
        let read = field.reader.read
        checks.append { document, object, index in
            // Read for the problems alone, which are recorded.
            _ = try? read(&document, object, index)
        }
        writes.append(field.write)
    }

    /// Reads the next member as the type that stands at that place in the declaration.
    @inlinable
    func read<Member>(
        _ type: Member.Type, _ document: inout JSONReader, _ object: JSONReader.Opened, _ index: inout Int
    ) throws(JSONReader.Refused) -> Member {
        // Safe: `JSONType.object` appends the readers in the order of the same pack that it reads with.
        let reader = unsafeDowncast(readers[index], to: JSONMemberReader<Member>.self)
        index += 1
        return try reader.read(&document, object, index - 1)
    }

    @inlinable
    func write(_ root: Root, to writer: inout JSONWriter) {
        writer.beginObject()
        for write in writes { write(root, &writer) }
        writer.endObject()
    }
}
