extension Int64 {
    /// The sum, or the number next to it that there is: for what is only compared or shown, and must not end the process.
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
