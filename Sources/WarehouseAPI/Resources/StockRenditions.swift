internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// Stock as JSON, rendered once per change: a request costs a look-up. Each loop has its own, so the lock is free.
final class StockRenditions: Sendable {
    /// What is sent of one SKU; by reference, since every request takes it.
    final class Rendition: Sendable {
        /// What it was rendered from.
        fileprivate let shelf: [StockLevel]
        /// Each level's document.
        let levels: [[UInt8]]
        /// The answer with all of them.
        fileprivate let whole: Response
        /// What tells it from others.
        fileprivate let tag: EntityTag

        /// Renders the levels of one SKU, of which there is at least one.
        init(of shelf: [StockLevel]) {
            self.shelf = shelf
            levels = shelf.map { StockPage.level.bytes(of: $0) }
            let body = StockPage.bytes(levels: levels, next: nil, age: nil)
            tag = EntityTag(hashing: body)
            var fields = StockRenditions.plainFields
            fields.append(.eTag, tag.description)
            whole = Response(status: .ok, fields: fields, body: body)
        }

        /// The answer, or 304 to one who has it already.
        ///
        /// - Throws: 412 to one who wants another.
        func answer(to request: Request) throws(Problem) -> Response {
            try Preconditions(request).answer(whole, tagged: tag)
        }
    }

    /// What every answer about stock has.
    static let plainFields: ResponseFields = [.contentType: "application/json"]

    private let known = Lock<[SKUCode: Rendition]>([:])

    /// The levels of one SKU, of which there is at least one, rendered.
    ///
    /// An array is known again by its identity, so that it costs no comparison unless it has changed.
    func rendition(of shelf: [StockLevel]) -> Rendition {
        known.withLock { known in
            let sku = shelf[0].position.sku
            if let rendition = known[sku], rendition.shelf == shelf { return rendition }
            let rendition = Rendition(of: shelf)
            known[sku] = rendition
            return rendition
        }
    }
}
