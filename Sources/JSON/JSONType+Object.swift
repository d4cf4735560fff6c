extension JSONType {
    /// An object with the declared members and no others, built from them by `make`.
    ///
    /// - `name`: the name of its schema, unique among the schemas of one API.
    /// - `readOnly`: names that answers carry and this type refuses, so that the message can say so.
    /// - `make`: as a rule the memberwise initialiser; it gets the members in the order of declaration.
    ///
    /// Members are written in the order of declaration.
    @inlinable
    public static func object<each Member>(
        _ name: String,
        about: String = "",
        readOnly: [String] = [],
        _ field: repeat JSONField<Value, each Member>,
        make: @escaping @Sendable (repeat each Member) -> Value
    ) -> Self {
        var declarations: [JSONObjectSchema.Field] = []
        for field in repeat each field { declarations.append(field.declaration) }
        let schema = JSONObjectSchema(name: name, about: about, fields: declarations)
        var building = JSONMembers<Value>(schema, readOnly: readOnly)
        for field in repeat each field { building.append(field) }
        let members = building
        return JSONType(
            schema: .object(schema),
            read: { document, node in
                guard let object = document.open(node, members.names) else { return nil }
                defer { document.close(object) }
                var index = 0
                do throws(JSONReader.Refused) {
                    return make(repeat try members.read((each Member).self, &document, object, &index))
                } catch {
                    // The members after the refused one are looked at too, so that all problems are listed at once.
                    while index < members.checks.count {
                        members.checks[index](&document, object, index)
                        index += 1
                    }
                    return nil
                }
            },
            write: { members.write($0, to: &$1) })
    }
}
