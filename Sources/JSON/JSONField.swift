/// One member of a declared object: its name, where the Swift value keeps it, and its type.
public struct JSONField<Root, Member>: Sendable {
    @usableFromInline let declaration: JSONObjectSchema.Field
    @usableFromInline let reader: JSONMemberReader<Member>
    @usableFromInline let write: JSONMembers<Root>.Write

    @inlinable
    init(
        _ declaration: JSONObjectSchema.Field,
        read: @escaping JSONType<Member>.Read,
        absent: (@Sendable () -> Member)?,
        write: @escaping JSONMembers<Root>.Write
    ) {
        self.declaration = declaration
        reader = JSONMemberReader { document, object, index throws(JSONReader.Refused) in
            if let node = document.member(index, of: object) {
                guard let value = read(&document, node) else { throw JSONReader.Refused() }
                return value
            }
            guard let absent else {
                document.refuseMissing(declaration, in: object)
                throw JSONReader.Refused()
            }
            return absent()
        }
        self.write = write
    }

    /// A member that must be there.
    @inlinable
    public static func required(
        _ name: String, _ member: @escaping @Sendable (Root) -> Member, _ type: JSONType<Member>, about: String = ""
    ) -> Self {
        let (key, write) = (JSONKey(name), type.writeValue)
        return JSONField(
            JSONObjectSchema.Field(name: name, about: about, schema: type.schema, isRequired: true),
            read: type.readValue,
            absent: nil,
            write: { root, writer in
                writer.key(key)
                write(member(root), &writer)
            })
    }

    /// A member that may be missing or `null`, both of which mean nil; nil is written by leaving it out.
    @inlinable
    public static func optional<Wrapped>(
        _ name: String, _ member: @escaping @Sendable (Root) -> Wrapped?, _ type: JSONType<Wrapped>, about: String = ""
    ) -> Self where Member == Wrapped? {
        let (key, read, write) = (JSONKey(name), type.readValue, type.writeValue)
        return JSONField(
            JSONObjectSchema.Field(name: name, about: about, schema: .nullable(type.schema), isRequired: false),
            read: { reader, node in
                reader.isNull(node) ? .some(nil) : read(&reader, node).map { .some($0) }
            },
            absent: { nil },
            write: { root, writer in
                guard let value = member(root) else { return }
                writer.key(key)
                write(value, &writer)
            })
    }

    /// A member that may be missing and then has a stated value; it is always written.
    @inlinable
    public static func defaulted(
        _ name: String, _ member: @escaping @Sendable (Root) -> Member, _ type: JSONType<Member>,
        to value: Member, about: String = ""
    ) -> Self where Member: Sendable {
        let (key, write) = (JSONKey(name), type.writeValue)
        return JSONField(
            JSONObjectSchema.Field(
                name: name, about: about, schema: type.schema, isRequired: false,
                defaultDocument: type.bytes(of: value)),
            read: type.readValue,
            absent: { value },
            write: { root, writer in
                writer.key(key)
                write(member(root), &writer)
            })
    }
}
