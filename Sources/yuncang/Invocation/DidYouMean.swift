/// Finds what somebody probably meant to type.
enum DidYouMean {
    /// At most so many suggestions; more would be a list to read, not a hint.
    static let most = 3

    /// The candidates near to the word, the nearest first; empty when none is near.
    ///
    /// Near is one mistake in words of three to five letters and one more for every three further letters, or a
    /// beginning of at least two letters. Dashes before an option's name count for nothing.
    static func suggestions(for word: String, among candidates: [String]) -> [String] {
        let typed = bare(word)
        // Longer words than any name: the table of distances stays small whatever is typed.
        guard typed.count <= 64 else { return [] }
        let scored = candidates.compactMap { candidate in
            score(typed, bare(candidate)).map { (candidate: candidate, score: $0) }
        }
        return scored.sorted { ($0.score, $0.candidate) < ($1.score, $1.candidate) }.prefix(most).map(\.candidate)
    }

    /// The number of mistakes, or nil when the two are too far apart.
    private static func score(_ typed: String, _ candidate: String) -> Int? {
        let distance = EditDistance.between(typed, candidate)
        if distance <= min(typed.count, candidate.count) / 3 { return distance }
        return typed.count >= 2 && candidate.hasPrefix(typed) ? 1 : nil
    }

    private static func bare(_ word: String) -> String {
        String(word.drop { $0 == "-" }).lowercased()
    }
}
