/// The named objects of an API, each once: the `components/schemas` of an OpenAPI document.
public struct JSONSchemaCollection: Sendable {
    /// In the order in which they were first met.
    public private(set) var objects: [JSONObjectSchema] = []
    /// Those that stand in documents that are read: there, `null` means absence.
    private var read: Set<String> = []

    /// An empty collection.
    public init() {}

    /// Adds the objects that a schema is or holds. Of one that is only written, an absent member is never `null`.
    ///
    /// Two different objects of one name are a programming error and stop the program: the document could show one only.
    public mutating func add(_ schema: JSONSchema, isRead: Bool = true) {
        switch schema {
        case .any, .boolean, .integer, .string, .choice: break
        case .array(let element, _): add(element, isRead: isRead)
        case .nullable(let wrapped): add(wrapped, isRead: isRead)
        case .object(let object): add(object, isRead: isRead)
        }
    }

    private mutating func add(_ object: JSONObjectSchema, isRead: Bool) {
        let isNewlyRead = isRead && read.insert(object.name).inserted
        if let known = objects.first(where: { $0.name == object.name }) {
            precondition(known == object, "two different objects are called \(object.name)")
            guard isNewlyRead else { return }
        } else {
            objects.append(object)
        }
        for field in object.fields { add(field.schema, isRead: isRead) }
    }

    /// Writes an object that has the name of each schema as key.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for object in objects {
            writer.key(object.name)
            object.write(to: &writer, isRead: read.contains(object.name))
        }
        writer.endObject()
    }
}
