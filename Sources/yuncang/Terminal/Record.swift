/// One thing's properties, a line each: `name  value`.
struct Record: Sendable, Equatable {
    /// A property's name and value.
    struct Field: Sendable, Equatable {
        /// What the value is.
        let name: StyledText
        /// Never cut; long ones run on.
        let value: StyledText
    }

    /// From top to bottom.
    private(set) var fields: [Field] = []

    /// Adds a property.
    mutating func append(_ name: Text, _ value: StyledText) {
        fields.append(Field(name: StyledText(name.current, .quiet), value: value))
    }

    /// Adds a property whose name has a role of its own, or a further line of the last one, whose name is empty.
    mutating func append(_ name: StyledText, _ value: StyledText) {
        fields.append(Field(name: name, value: value))
    }

    /// One line per property, the values under each other.
    func lines(on surface: Surface) -> [String] {
        let nameWidth = fields.map { surface.width.columns(of: $0.name.text) }.max() ?? 0
        return fields.map { field in
            let padding = nameWidth - surface.width.columns(of: field.name.text) + TableLayout.gap
            let name = surface.style.paint(field.name.text, field.name.role)
            guard !field.value.text.isEmpty else { return name }
            return name + String(repeating: " ", count: padding)
                + surface.style.paint(field.value.text, field.value.role)
        }
    }
}
