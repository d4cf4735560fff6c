internal import CloudWarehouse
internal import JSON
internal import Postgres

/// Events, as they are answered.
enum EventDocuments {
    struct Page: Sendable {
        var events: [Event]
        var next: String

        init(events: [Event], next: String) {
            self.events = events
            self.next = next
        }

        /// What somebody may see, with everything that counts others' left out.
        init(_ found: ScopedEvents, in scope: EventScope, _ cursors: EventCursors) {
            events = found.events.map { Event($0, in: scope, cursors) }
            next = cursors.cursor(after: found.last, in: scope)
        }
    }

    struct Event: Sendable {
        var id: String
        var kind: String
        var recordedAt: Timestamp
        var orders: [ID<OutboxSubject>]?
        var goods: [ScopedEvent.Goods]?

        init(
            id: String, kind: String, recordedAt: Timestamp, orders: [ID<OutboxSubject>]?, goods: [ScopedEvent.Goods]?
        ) {
            (self.id, self.kind, self.recordedAt, self.orders, self.goods) = (id, kind, recordedAt, orders, goods)
        }

        init(_ event: ScopedEvent, in scope: EventScope, _ cursors: EventCursors) {
            self.init(
                id: cursors.identity(of: event.number, in: scope), kind: event.kind, recordedAt: event.recordedAt,
                orders: event.orders.isEmpty ? nil : event.orders, goods: event.goods.isEmpty ? nil : event.goods)
        }
    }

    private static let goods = JSONType<ScopedEvent.Goods>.object(
        "EventGoods", about: "so much of one SKU, over all orders of the event",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("quantity", \.quantity, .integer(1...Int.max), about: "how much, in base units"),
        make: ScopedEvent.Goods.init)

    static let event = JSONType<Event>.object(
        "Event", about: "something that happened",
        .required("id", \.id, .string(1...64), about: "the same each time it is read; it may be read twice"),
        .required("kind", \.kind, .string(1...64), about: "what happened: orders.placed and others to come"),
        .required("recorded_at", \.recordedAt, .timestamp, about: "when it happened"),
        .optional("orders", \.orders, .array(of: .id(), count: 1...10_000), about: "the orders that it speaks of"),
        .optional(
            "goods", \.goods, .array(of: goods, count: 1...100_000),
            about: "for a cooperative: how much of its goods, over all orders of the event"),
        make: Event.init(id:kind:recordedAt:orders:goods:))

    static let page = JSONType<Page>.object(
        "EventPage", about: "events in the order in which they became known",
        .required(
            "events", \.events, .array(of: event, count: 0...Int(EventsResource.mostEvents)), about: "the oldest first"),
        .required(
            "next", \.next, .string(1...64),
            about: "pass it as `after` to go on; it is given also when there is nothing yet"),
        make: Page.init(events:next:))
}
