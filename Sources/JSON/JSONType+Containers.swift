extension JSONType {
    /// An array of so many elements.
    @inlinable
    public static func array<Element>(of element: JSONType<Element>, count: ClosedRange<Int>) -> Self
    where Value == [Element] {
        let schema = JSONSchema.array(of: element.schema, count: count)
        return JSONType(
            schema: schema,
            read: { reader, node in
                guard let found = reader.elementCount(node) else {
                    reader.refuse(node, .wrongType, expecting: schema)
                    return nil
                }
                guard count.contains(found) else {
                    reader.refuse(node, .wrongCount, expecting: schema)
                    return nil
                }
                var elements: [Element] = []
                elements.reserveCapacity(found)
                var child = reader.firstChild(of: node)
                for _ in 0..<found {
                    if let value = element.readValue(&reader, child) { elements.append(value) }
                    child = reader.node(after: child)
                }
                return elements.count == found ? elements : nil
            },
            write: { elements, writer in
                writer.beginArray()
                for value in elements { element.writeValue(value, &writer) }
                writer.endArray()
            })
    }

    /// A value or `null`, where the field itself must be there; see `JSONField.optional` for fields that may be absent.
    @inlinable
    public static func nullable<Wrapped>(_ wrapped: JSONType<Wrapped>) -> Self where Value == Wrapped? {
        JSONType(
            schema: .nullable(wrapped.schema),
            read: { reader, node in
                reader.isNull(node) ? .some(nil) : wrapped.readValue(&reader, node).map { .some($0) }
            },
            write: { value, writer in
                guard let value else { return writer.null() }
                wrapped.writeValue(value, &writer)
            })
    }

    /// A type of the domain that stands in JSON as another, simpler one.
    ///
    /// - `expected`: what the conversion demands beyond the simpler type, as a noun phrase.
    /// - `convert`: the value; nil when it is not acceptable.
    /// - `back`: what is written; `convert` must accept it.
    @inlinable
    public func converted<Other>(
        _ expected: String,
        to convert: @escaping @Sendable (Value) -> Other?,
        from back: @escaping @Sendable (Other) -> Value
    ) -> JSONType<Other> {
        let (readValue, writeValue) = (readValue, writeValue)
        return JSONType<Other>(
            schema: schema,
            read: { reader, node in
                guard let value = readValue(&reader, node) else { return nil }
                if let other = convert(value) { return other }
                reader.refuse(node, expected: expected)
                return nil
            },
            write: { writeValue(back($0), &$1) })
    }
}

extension JSONReader {
    /// The number of elements of an array; nil if the value is something else.
    public func elementCount(_ node: Node) -> Int? {
        let token = tokens[node.index]
        return token.kind == .array ? Int(token.count) : nil
    }

    /// The first element of an array that is not empty, or the first key of such an object.
    public func firstChild(of node: Node) -> Node { Node(index: node.index + 1) }

    /// The next element of the array that this one stands in.
    public func node(after node: Node) -> Node { Node(index: Int(tokens[node.index].next)) }

    /// Records that a value of the right type is not acceptable to the domain.
    @usableFromInline
    mutating func refuse(_ node: Node, expected: String) {
        refuse(node, .wrongFormat, expected: expected, found: describe(node))
    }
}
