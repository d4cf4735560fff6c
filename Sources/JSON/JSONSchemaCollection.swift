/// The named objects of an API, each once: the `components/schemas` of an OpenAPI document.
public struct JSONSchemaCollection: Sendable {
    /// In the order in which they were first met.
    public private(set) var objects: [JSONObjectSchema] = []

    /// An empty collection.
    public init() {}

    /// Adds the objects that a schema is or holds.
    ///
    /// Two different objects of one name are a programming error and stop the program: the document could show one only.
    public mutating func add(_ schema: JSONSchema) {
        switch schema {
        case .any, .boolean, .integer, .string, .choice: break
        case .array(let element, _): add(element)
        case .nullable(let wrapped): add(wrapped)
        case .object(let object): add(object)
        }
    }

    private mutating func add(_ object: JSONObjectSchema) {
        if let known = objects.first(where: { $0.name == object.name }) {
            precondition(known == object, "two different objects are called \(object.name)")
            return
        }
        objects.append(object)
        for field in object.fields { add(field.schema) }
    }

    /// Writes an object that has the name of each schema as key.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for object in objects {
            writer.key(object.name)
            object.write(to: &writer)
        }
        writer.endObject()
    }
}
