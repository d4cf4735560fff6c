/// Whether a parcel weighs what its goods weigh, with a box around them.
enum WeightCheck {
    static func fits(_ weighed: Int64, expected: Int64) -> Bool {
        let lightest = expected - percent(FulfilmentLimits.lighterPercent, of: expected)
        let heaviest = expected.addingSaturated(percent(FulfilmentLimits.heavierPercent, of: expected))
            .addingSaturated(FulfilmentLimits.boxGrams)
        return (lightest...heaviest).contains(weighed)
    }

    private static func percent(_ percent: Int64, of grams: Int64) -> Int64 {
        grams / 100 * percent + grams % 100 * percent / 100
    }
}
