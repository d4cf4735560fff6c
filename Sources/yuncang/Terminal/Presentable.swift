internal import JSON

/// A result that people read as text and programs as JSON.
protocol Presentable: Sendable {
    /// Adds what people read.
    func show(on page: inout Page)

    /// Writes one JSON value: the same facts under stable names, untranslated.
    func write(to json: inout JSONWriter)
}
