public import Postgres

/// What is changed of an order beside its lines and its claims, so that its stock is not touched.
public enum OrderAmendment: Hashable, Sendable {
    /// Somebody asks for the money back: nothing of it leaves the house until that is settled.
    case lockForRefund
    /// The refund is settled, or was asked for by mistake.
    case unlock
    /// It goes to this address; those before stay, and the last one counts.
    case recipient(Recipient)
    /// When it has to leave, and what the seller says of it; what is nil is as it was before.
    case terms(shipBy: Timestamp?, shipNotBefore: Timestamp?, sellerNote: OrderNote?)

    /// What outbox and audit log call it.
    var verb: String {
        switch self {
        case .lockForRefund: "lock"
        case .unlock: "unlock"
        case .recipient: "readdress"
        case .terms: "amend"
        }
    }
}

/// Why an order was not amended.
public enum AmendmentError: DomainError {
    /// There is no such order, or none that is the asker's.
    case unknownOrder
    /// Its goods have left, or it is over.
    case over(OrderState)
    /// It would have to leave before it may.
    case shippingTimes
    /// The address was corrected as often as it can be.
    case tooManyAddresses
    /// There are no keys to encrypt recipients here.
    case recipientsNotConfigured
    /// Whether it took effect is not known: asking again does nothing twice.
    case outcomeUnknown
    /// The database failed.
    case database(PostgresError)
}

extension Orders {
    /// The most addresses that an order keeps.
    static let maximumAddresses: Int16 = 100

    /// Amends an order, and gives it as it is then. What is so already changes nothing.
    ///
    /// - Parameters:
    ///   - source: Only an order of this source; nil for any.
    ///   - principal: The person who does it; nil for the order's source, whose orders are their own record.
    public func amend(
        _ order: OrderIdentity, _ amendment: OrderAmendment, from source: OrderSource? = nil, by principal: Principal?
    ) async throws(AmendmentError) -> OrderDetails {
        let id: ID<CustomerOrder>
        do throws(AmendmentError) {
            id = try await write(amendment, to: order, from: source, by: principal)
        } catch .database(.commitOutcomeUnknown) {
            // Each amendment says how the order is to be, so that it can simply be made again.
            do throws(AmendmentError) {
                id = try await write(amendment, to: order, from: source, by: principal)
            } catch .database {
                throw .outcomeUnknown
            }
        }
        do throws(OrdersError) {
            guard let details = try await details(of: .id(id)) else { throw OrdersError.unknownOrder }
            return details
        } catch .database(let error) {
            throw .database(error)
        } catch {
            throw .unknownOrder
        }
    }

    private func write(
        _ amendment: OrderAmendment, to order: OrderIdentity, from source: OrderSource?, by principal: Principal?
    ) async throws(AmendmentError) -> ID<CustomerOrder> {
        let keys = recipientKeys
        return try await pool.transaction(throwing: AmendmentError.self) { transaction in
            let (clock, locked, rows) = try await transaction.batch(
                DatabaseClock(), LockOrderToAmend(order: order, source: source), OrderToAmend(order: order))
            guard let now = clock.first else { throw PostgresError.misuse("the database did not tell the time") }
            guard !locked.isEmpty, let found = rows.first else { throw AmendmentError.unknownOrder }
            guard var pipeline = try Self.commands(amendment, found, at: now, keys) else { return found.id }
            var ids = IDGenerator(at: now)
            pipeline.add(InsertOrderEvent(id: ids.next(), deed: "amended", orders: [found.id], at: now))
            if let principal {
                pipeline.add(
                    InsertAuditEntry(
                        id: ids.next(), principal: principal, action: "order.\(amendment.verb)",
                        subject: found.id.description, detail: JSONB(text: "{}"), at: now))
            }
            _ = try await transaction.run(pipeline)
            return found.id
        }
    }

    /// What is to be written; nil when it is so already.
    private static func commands(
        _ amendment: OrderAmendment, _ order: AmendableOrder, at now: Timestamp, _ keys: RecipientKeys?
    ) throws(AmendmentError) -> Pipeline? {
        var pipeline = Pipeline()
        guard !order.state.isFinal else { throw .over(order.state) }
        switch amendment {
        case .lockForRefund, .unlock:
            let isLocked = amendment == .lockForRefund
            guard (order.refundLock != nil) != isLocked else { return nil }
            pipeline.add(SetRefundLock(order: order.id, at: isLocked ? now : nil))
        case .terms(let shipBy, let shipNotBefore, let sellerNote):
            let (latest, earliest) = (shipBy ?? order.shipBy, shipNotBefore ?? order.shipNotBefore)
            if let latest, let earliest, earliest > latest { throw .shippingTimes }
            let note = sellerNote ?? order.sellerNote
            guard (latest, earliest, note) != (order.shipBy, order.shipNotBefore, order.sellerNote) else { return nil }
            pipeline.add(SetTerms(order: order.id, shipBy: latest, shipNotBefore: earliest, sellerNote: note))
        case .recipient(let recipient):
            // A parcel with another address on it is stopped where it is packed and where it is handed over.
            guard let keys else { throw .recipientsNotConfigured }
            if let sealed = order.ciphertext, let key = order.keyID.flatMap({ keys[$0] }),
                SealedRecipient.open(sealed, of: order.id, under: key) == recipient
            {
                return nil
            }
            guard order.addresses < maximumAddresses else { throw .tooManyAddresses }
            pipeline.add(
                InsertCorrectedRecipient(
                    order: order.id, recipient: SealedRecipient(recipient, of: order.id, under: keys.current),
                    version: order.addresses + 1))
        }
        return pipeline
    }
}
