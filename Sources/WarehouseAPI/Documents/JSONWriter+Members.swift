internal import JSON

/// Shorter words for what documents are made of.
extension JSONWriter {
    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int) {
        key(name)
        integer(Int64(value))
    }

    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    mutating func member(_ name: String, _ value: JSONSchema) {
        key(name)
        value.write(to: &self)
    }

    mutating func member(_ name: String, _ values: [String]) {
        array(name) { writer in for value in values { writer.string(value) } }
    }

    /// A member that is JSON already.
    mutating func member(_ name: String, rendered document: some Sequence<UInt8>) {
        key(name)
        rendered(Array(document))
    }

    mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
    }

    mutating func object(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }

    mutating func array(_ name: String, _ body: (inout JSONWriter) -> Void) {
        key(name)
        beginArray()
        body(&self)
        endArray()
    }
}
