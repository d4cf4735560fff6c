/// The version of this program.
enum Version {
    /// Semantic version of the release that this tree leads to.
    static let current = "0.1.0"
}
