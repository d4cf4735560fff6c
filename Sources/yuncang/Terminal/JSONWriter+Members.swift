internal import JSON

/// Shorter words for the members that results are made of.
extension JSONWriter {
    /// A member that is a string; null without one.
    mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A member that is a number.
    mutating func member(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    /// A member that is a number; null without one.
    mutating func member(_ name: String, _ value: Int64?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    /// A member that is a number.
    mutating func member(_ name: String, _ value: Int) {
        member(name, Int64(value))
    }

    /// A member that is true or false.
    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    /// An array of strings.
    mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
