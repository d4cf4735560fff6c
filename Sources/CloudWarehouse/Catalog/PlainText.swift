extension String {
    /// Whether this is 1 to `maximum` characters without control characters, counted as PostgreSQL counts them.
    func isPlainText(atMost maximum: Int) -> Bool {
        (1...maximum).contains(unicodeScalars.count)
            && !unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
