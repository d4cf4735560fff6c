internal import CoreMetrics
internal import EventLoop
internal import Synchronization

/// What one name and its dimensions were measured to be.
protocol MetricHandler: AnyObject, Sendable {
    var kind: MetricKind { get }
    /// Adds what is known now.
    func add(to family: inout MetricFamily, _ labels: [MetricFamily.Label])
}

/// Counts.
final class CounterHandler: CoreMetrics.CounterHandler, MetricHandler {
    private let total = Atomic<Int64>(0)

    var kind: MetricKind { .counter }

    func increment(by amount: Int64) { total.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { total.store(0, ordering: .relaxed) }

    func add(to family: inout MetricFamily, _ labels: [MetricFamily.Label]) {
        family.samples.append(.init(labels: labels, value: Double(total.load(ordering: .relaxed))))
    }
}

/// Keeps the last value.
final class GaugeHandler: CoreMetrics.RecorderHandler, CoreMetrics.MeterHandler, MetricHandler {
    private let value = Lock<Double>(0)

    var kind: MetricKind { .gauge }

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { self.value.withLock { $0 = value } }
    func set(_ value: Int64) { record(Double(value)) }
    func set(_ value: Double) { record(value) }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func add(to family: inout MetricFamily, _ labels: [MetricFamily.Label]) {
        family.samples.append(.init(labels: labels, value: value.withLock { $0 }))
    }
}

/// Counts values by their size.
final class HistogramHandler: CoreMetrics.RecorderHandler, CoreMetrics.TimerHandler, MetricHandler {
    /// From half a millisecond to ten seconds.
    static let usualBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let unit: Double
    private let state: Lock<State>

    /// - Parameter unit: what a recorded 1 is in the unit of the family.
    init(bounds: [Double]?, unit: Double) {
        self.bounds = bounds ?? Self.usualBounds
        self.unit = unit
        state = Lock(State(counts: Array(repeating: 0, count: self.bounds.count + 1)))
    }

    var kind: MetricKind { .histogram }

    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration)) }

    func record(_ value: Double) {
        let value = value * unit
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    func add(to family: inout MetricFamily, _ labels: [MetricFamily.Label]) {
        let state = state.withLock { $0 }
        family.add(bounds: bounds, counts: state.counts, sum: state.sum, labels)
    }
}
