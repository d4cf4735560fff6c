internal import CloudWarehouse
internal import JSON
internal import Postgres

/// How the domain's values stand in documents: one declaration each, for reading, writing and the schemas.
extension JSONType {
    /// A code of 1 to 64 printable ASCII characters without spaces.
    static func code<Entity>() -> JSONType<Code<Entity>> where Value == Code<Entity> {
        .text(
            JSONTextRule(
                pattern: "^[!-~]{1,64}$", length: 1...64, about: "a code of 1 to 64 printable ASCII characters"),
            parse: { Code(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }

    /// An identity, as a UUID in the usual form.
    static func id<Entity>() -> JSONType<ID<Entity>> where Value == ID<Entity> {
        .text(
            JSONTextRule(format: "uuid", length: 36...36, about: "a UUID"),
            parse: { ID(JSONText.string($0)) }, text: \.description)
    }
}

extension JSONType where Value == Name {
    /// A name for people.
    static var name: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...200,
                about: "a name of 1 to 200 characters without control characters"),
            parse: { Name(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == Grade {
    /// A grade of produce.
    static var grade: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...32,
                about: "a grade of 1 to 32 characters without control characters"),
            parse: { Grade(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == CalendarDate {
    /// A day of the calendar.
    static var date: Self {
        .text(
            JSONTextRule(format: "date", length: 10...10, about: "a day such as 2026-11-23"),
            parse: { CalendarDate(JSONText.string($0)) }, text: \.description)
    }
}

extension JSONType where Value == Quantity {
    /// A quantity in base units (pieces or grams) that is not 0.
    static var quantity: Self {
        JSONType<Int64>.integer(1...Int(Quantity.maximum.rawValue)).converted(
            "a quantity in base units", to: { Quantity(rawValue: $0) }, from: \.rawValue)
    }
}

extension JSONType where Value == Fen {
    /// An amount of money in whole fen.
    static var fen: Self {
        JSONType<Int64>.integer(0...Int.max).converted(
            "an amount in whole fen", to: { Fen(rawValue: $0) }, from: \.rawValue)
    }
}

extension JSONType where Value == Price {
    /// Fen for a stated quantity.
    static var price: Self {
        JSONType<(fen: Int64, per: Int64)>.object(
            "Price", about: "fen for a stated quantity of base units: 22 yuan a kilogram is 2200 fen for 1000 g",
            .required("fen", \.fen, .integer(0...1_000_000_000_000), about: "whole fen"),
            .required("per", \.per, .integer(1...1_000_000_000), about: "base units that the fen are for"),
            make: { (fen: $0, per: $1) }
        ).converted(
            "a price",
            to: { pair in try? Price(fen: Fen(rawValue: pair.fen), per: Quantity(pair.per)) },
            from: { (fen: $0.fen.rawValue, per: $0.per.rawValue) })
    }
}

extension JSONType where Value == Timestamp {
    /// RFC 3339, in UTC with microseconds. It is only written, never asked for.
    static var timestamp: Self {
        .text(
            JSONTextRule(format: "date-time", length: 27...27, about: "an instant such as 2026-11-23T08:09:10.123456Z"),
            parse: { _ in nil }, text: \.description)
    }
}

extension JSONType where Value == Timestamp {
    /// An instant as it is asked for, in any time zone that it names.
    static var instant: Self {
        .text(
            JSONTextRule(
                format: "date-time", length: 20...32,
                about: "an instant with its time zone, such as 2026-12-01T18:00:00+08:00"),
            parse: { Timestamp(internet: JSONText.string($0)) }, text: \.description)
    }
}

extension JSONType where Value == Quantity {
    /// How much is left, in base units; nothing is allowed.
    static var remainder: Self {
        JSONType<Int64>.integer(0...Int(Quantity.maximum.rawValue)).converted(
            "a quantity in base units", to: { Quantity(rawValue: $0) }, from: \.rawValue)
    }
}
