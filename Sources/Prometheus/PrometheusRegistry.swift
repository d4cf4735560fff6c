public import CoreMetrics
internal import EventLoop

/// Keeps what is measured through swift-metrics, for Prometheus to read.
///
/// Counters become counters, recorders that aggregate histograms, those that do not gauges, and timers histograms of
/// seconds. Handlers are shared by all that measure under one name and dimensions, and are never forgotten: dimensions
/// have to be few.
public final class PrometheusRegistry: MetricsFactory, Sendable {
    private struct Key: Hashable {
        let name: String
        let labels: [MetricFamily.Label]
    }

    private let help: [String: String]
    private let bounds: [String: [Double]]
    private let handlers = Lock<[Key: any MetricHandler]>([:])

    /// A registry that knows nothing yet.
    ///
    /// - Parameters:
    ///   - help: the line for people, by name.
    ///   - bounds: the buckets of histograms, by name; ``HistogramHandler/usualBounds`` for others.
    public init(help: [String: String] = [:], bounds: [String: [Double]] = [:]) {
        self.help = help
        self.bounds = bounds
    }

    /// All that was measured, as it is now.
    public func families() -> [MetricFamily] {
        let handlers = handlers.withLock { $0 }
        var families: [String: MetricFamily] = [:]
        for (key, handler) in handlers.sorted(by: { "\($0.key.labels)" < "\($1.key.labels)" }) {
            var family =
                families[key.name] ?? MetricFamily(key.name, handler.kind, help: help[key.name] ?? key.name)
            handler.add(to: &family, key.labels)
            families[key.name] = family
        }
        return Array(families.values)
    }

    // MARK: What swift-metrics asks for

    /// The counter of this name.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CoreMetrics.CounterHandler {
        handler(label, dimensions) { _ in CounterHandler() }
    }

    /// The histogram of this name, or the gauge.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any CoreMetrics.RecorderHandler {
        aggregate
            ? handler(label, dimensions) { HistogramHandler(bounds: self.bounds[$0], unit: 1) }
            : handler(label, dimensions) { _ in GaugeHandler() }
    }

    /// The gauge of this name.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any CoreMetrics.MeterHandler {
        handler(label, dimensions) { _ in GaugeHandler() }
    }

    /// The histogram of this name, in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any CoreMetrics.TimerHandler {
        handler(label, dimensions) { HistogramHandler(bounds: self.bounds[$0], unit: 1e-9) }
    }

    /// Nothing: what was counted stays counted.
    public func destroyCounter(_ handler: any CoreMetrics.CounterHandler) {}
    /// Nothing: what was counted stays counted.
    public func destroyRecorder(_ handler: any CoreMetrics.RecorderHandler) {}
    /// Nothing: what was counted stays counted.
    public func destroyMeter(_ handler: any CoreMetrics.MeterHandler) {}
    /// Nothing: what was counted stays counted.
    public func destroyTimer(_ handler: any CoreMetrics.TimerHandler) {}

    private func handler<Handler: MetricHandler>(
        _ label: String, _ dimensions: [(String, String)], _ make: @Sendable (String) -> Handler
    ) -> Handler {
        let name = PrometheusText.name(label)
        let key = Key(
            name: name, labels: dimensions.map { MetricFamily.Label(PrometheusText.name($0.0), $0.1) })
        return handlers.withLock { handlers in
            if let known = handlers[key] {
                guard let handler = known as? Handler else {
                    preconditionFailure("\(name) is measured as two kinds of metric")
                }
                return handler
            }
            let handler = make(name)
            handlers[key] = handler
            return handler
        }
    }
}
