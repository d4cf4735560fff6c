public import Postgres

/// A parcel of an order, as it is to be told to the platform that the order came from.
public struct Shipment: Hashable, Sendable {
    /// What makes a shipment one and the same.
    public struct Parcel: Hashable, Sendable {
        /// The order, or one of them: a parcel may hold several.
        public let order: OrderKey
        /// Who carries it.
        public let carrier: Carrier
        /// Under which number.
        public let tracking: TrackingNumber

        /// A parcel of these parts.
        public init(order: OrderKey, carrier: Carrier, tracking: TrackingNumber) {
            self.order = order
            self.carrier = carrier
            self.tracking = tracking
        }
    }

    /// Its identity in the database.
    public let id: ID<Shipment>
    /// Which order, carrier and number.
    public let parcel: Parcel
    /// What has become of the order.
    public let state: OrderState
    /// Whether a refund is asked for, so that nothing of the order is to leave.
    public let isRefundLocked: Bool
    /// When it was recorded, by the database's clock.
    public let recordedAt: Timestamp
    /// When it was last written into a file for the platform; nil when it never was.
    public let exportedAt: Timestamp?
    /// When it was taken back as a mistake; nil when it is true.
    public let withdrawnAt: Timestamp?
}

extension Shipment {
    /// Whether a platform may be told of it.
    var mayBeTold: Bool { state.maySend && !isRefundLocked }
}

extension OrderState {
    /// Whether parcels of such an order may be on their way: it is paid, and was not called off.
    var maySend: Bool {
        switch self {
        case .committed, .picked, .packed, .shipped: true
        case .held, .paidShort, .released, .cancelled, .returned: false
        }
    }
}
