internal import CloudWarehouse
internal import HTTPTypes

extension Problem {
    /// Why an order was not read.
    init(_ error: OrdersError) {
        switch error {
        case .unknownOrder: self = .unknownOrder
        case .noRecipient: self.init(.notFound, "The order has no recipient.")
        case .recipientErased(let at): self.init(.recipientErased, "The recipient was erased at \(at).")
        case .recipientUnreadable(let keyID):
            self.init(.recipientUnreadable, "The recipient cannot be decrypted with the key \(keyID) of this service.")
        case .database(let cause): self.init(database: cause)
        }
    }

    /// The same for an id that is none, an order that is not there, and one that is another's.
    static var unknownOrder: Problem { Problem(.notFound, "There is no such order.") }
}
