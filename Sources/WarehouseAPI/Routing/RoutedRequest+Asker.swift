internal import CloudWarehouse

/// What an order's resources need to know of who asks. Every query of an order takes ``orderScope``, and every change and
/// disclosure ``principal``.
extension RoutedRequest {
    /// The only source whose orders are there for the asker; nil for all.
    var orderScope: OrderSource? { nil }

    /// Who asks, as the audit log names them.
    var principal: Principal {
        guard let principal = try? Principal(name: "api", origin: "http") else {
            preconditionFailure("a plain name is refused")
        }
        return principal
    }
}
