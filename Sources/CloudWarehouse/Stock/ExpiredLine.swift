public import Postgres

/// A line of a delivery whose goods have expired before they arrived.
public struct ExpiredLine: Hashable, Sendable {
    /// Which line of the delivery, counted from 1.
    public let number: Int
    /// What it brings.
    public let sku: SKUCode
    /// The last day on which it was good.
    public let expiredOn: CalendarDate

    /// A line with these fields.
    public init(number: Int, sku: SKUCode, expiredOn: CalendarDate) {
        self.number = number
        self.sku = sku
        self.expiredOn = expiredOn
    }
}

extension Receipt {
    /// The lines whose last good day lies before this one.
    func expired(on today: CalendarDate) -> [ExpiredLine] {
        lines.enumerated().compactMap { index, line in
            guard let last = line.expiresOn, last < today else { return nil }
            return ExpiredLine(number: index + 1, sku: line.sku, expiredOn: last)
        }
    }
}
