public import Postgres

/// The short name by which people and programs know one `Entity`: 1 to 64 printable ASCII characters, no spaces.
///
/// The database holds the same rule as a CHECK. Codes stay text: one of fifteen digits is never a number.
public struct Code<Entity>: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// The code as it was given; upper and lower case differ.
    public let rawValue: String

    /// A code like any other.
    public static var sample: Self { Self(unchecked: "sample") }

    /// Takes the code, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        var text = rawValue
        let isCode = text.withUTF8 { (1...64).contains($0.count) && $0.allSatisfy { (0x21...0x7E).contains($0) } }
        guard isCode else { return nil }
        self.rawValue = rawValue
    }

    /// Takes the code, or says what the rule is.
    public init(_ text: String) throws(InvalidValue) {
        guard let code = Self(rawValue: text) else {
            throw .code
        }
        self = code
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

extension Code: Comparable, CustomStringConvertible {
    /// Orders byte by byte, as PostgreSQL does under C.UTF-8.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    /// The code itself: it holds nothing that a terminal would obey.
    public var description: String { rawValue }
}

/// The code of a SKU, such as `102900005115168`.
public typealias SKUCode = Code<SKU>
/// The code of a warehouse, such as `main`.
public typealias WarehouseCode = Code<Warehouse>
/// The code of a location, unique within its warehouse.
public typealias LocationCode = Code<Location>
/// The code of a zone, unique within its warehouse.
public typealias ZoneCode = Code<Zone>
/// The code of an owner, such as `jintianyuan`.
public typealias OwnerCode = Code<Owner>
/// The code of a wave, such as `W-1201`.
public typealias WaveCode = Code<Wave>
/// The code of a manifest: of what a carrier takes along at one time.
public typealias ManifestCode = Code<Manifest>
/// The code of a category of products, such as `1011010101`.
public typealias CategoryCode = Code<Category>
