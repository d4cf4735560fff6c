/// The partitions that one month of a base lacks.
public struct PartitionGap: Hashable, Sendable {
    /// 0 for the current month, 1 for the next one.
    public let monthsAhead: Int
    /// The tables that should be there, such as `movement_2026_12`.
    public let partitions: [String]

    /// A gap with these fields.
    public init(monthsAhead: Int, partitions: [String]) {
        self.monthsAhead = monthsAhead
        self.partitions = partitions
    }

    /// The gaps among `months`, of which the first is the current one.
    static func all(in months: [Partitions.Month], existing: Set<String>) -> [PartitionGap] {
        months.enumerated().compactMap { ahead, month in
            let missing = Partitions.names(for: [month]).filter { !existing.contains($0) }
            return missing.isEmpty ? nil : PartitionGap(monthsAhead: ahead, partitions: missing)
        }
    }
}
