internal import CloudWarehouse

/// What an order's resources need to know of who asks. Every query of an order takes ``orderScope``, and every change and
/// disclosure ``principal``.
extension RoutedRequest {
    /// The only source whose orders are there for the asker; nil for all.
    var orderScope: OrderSource? { get throws(Problem) { try caller.source } }

    /// Who asks, as the audit log names them.
    var principal: Principal { get throws(Problem) { try caller.principal } }
}
