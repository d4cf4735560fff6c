/// Text from outside that is equal to another only byte for byte, as PostgreSQL compares it.
///
/// Swift takes texts for equal that are only written alike, such as é and e with an accent: as keys of a dictionary two
/// orders, buyers or parcels would be one there, and two in the database.
public protocol ExactText: RawRepresentable, Hashable where RawValue == String {}

extension ExactText {
    /// Whether both have the same bytes.
    public static func == (left: Self, right: Self) -> Bool {
        var (left, right) = (left.rawValue, right.rawValue)
        return left.withUTF8 { left in
            right.withUTF8 { right in left.count == right.count && left.elementsEqual(right) }
        }
    }

    /// Adds the bytes, and an end that no text has.
    public func hash(into hasher: inout Hasher) {
        var text = rawValue
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8.max)
    }
}
