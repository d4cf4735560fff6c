internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// Stock as JSON, rendered once per change: a request costs a look-up. Each loop has its own, so the lock is free.
final class StockRenditions: Sendable {
    /// What is sent of one SKU.
    struct Rendition: Sendable {
        /// What it was rendered from.
        fileprivate let shelf: [StockLevel]
        /// Each level's document.
        let levels: [[UInt8]]
        /// The answer with all of them.
        fileprivate let whole: Response
        /// What tells it from others: a hash of its bytes.
        fileprivate let tag: String

        /// Renders the levels of one SKU, of which there is at least one.
        init(of shelf: [StockLevel]) {
            self.shelf = shelf
            levels = shelf.map { StockPage.level.bytes(of: $0) }
            let body = StockPage.bytes(levels: levels, next: nil, age: nil)
            tag = Self.tag(of: body)
            var fields = plainFields
            fields.append(.eTag, tag)
            whole = Response(status: .ok, fields: fields, body: body)
        }

        /// The answer, or 304 to one who has it already.
        func answer(to request: Request) -> Response {
            guard let known = request.fields[.ifNoneMatch], Self.names(tag, in: known) else { return whole }
            return Response(status: .notModified, fields: whole.fields)
        }

        /// Whether a list of tags holds this one; weak ones count too (RFC 9110, 13.1.2).
        private static func names(_ tag: String, in list: String) -> Bool {
            list.split(separator: ",").contains { item in
                var item = item.drop { $0 == " " || $0 == "\t" }
                while let last = item.last, last == " " || last == "\t" { item.removeLast() }
                return item == "*" || item == tag || item == "W/" + tag
            }
        }

        /// FNV-1a, 64 bits: two documents of one SKU that follow each other differ in it.
        static func tag(of bytes: [UInt8]) -> String {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return "\"\(String(hash, radix: 36))\""
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
