internal import CloudWarehouse
internal import JSON

/// How the orders of one session are written.
struct SessionOrders: Sendable {
    /// Told apart from every other session's by this, with which each reference begins.
    let name: String
    let source: OrderSource
    let sku: SKUCode

    /// Unpaid orders hold their pieces for longer than any session lasts: it is the viewer who calls them off.
    private static let holdSeconds = 3_600

    /// The content of the request with which a viewer places the order, the same however often it is sent.
    func body(of viewer: Viewer) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("source", source.rawValue)
        json.member("reference", reference(of: viewer.number))
        json.key("lines")
        json.beginArray()
        json.beginObject()
        json.member("sku", sku.rawValue)
        json.member("quantity", viewer.pieces)
        json.endObject()
        json.endArray()
        if viewer.course.holds { json.member("hold_seconds", Self.holdSeconds) }
        json.key("terms")
        json.beginObject()
        json.member("buyer", "viewer \(viewer.number)")
        json.endObject()
        json.endObject()
        return json.bytes
    }

    /// The reference of that viewer's order.
    func reference(of number: Int) -> String { "\(name)-\(number)" }

    /// The viewer whose order it is; nil for one of another session.
    func number(of reference: OrderReference) -> Int? {
        let text = reference.rawValue
        guard text.hasPrefix("\(name)-"), let number = Int(text.dropFirst(name.count + 1)),
            self.reference(of: number) == text
        else { return nil }
        return number
    }
}
