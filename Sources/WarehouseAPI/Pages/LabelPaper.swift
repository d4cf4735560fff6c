/// What labels are printed on, as rolls of it are sold: one label to a page.
enum LabelPaper: String, CaseIterable, Sendable {
    /// What stands on shelves and crates.
    case wide = "100x60"
    /// A parcel's label.
    case tall = "100x150"
    /// A parcel's label, the smaller one.
    case slim = "76x130"

    /// Its width and height in millimetres.
    var title: String { rawValue.replacing("x", with: " × ") }

    /// What the stylesheet calls it, where its size stands.
    var look: String { "paper-" + rawValue }
}
