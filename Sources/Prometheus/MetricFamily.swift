/// What a metric is, as Prometheus tells them apart.
public enum MetricKind: String, Sendable {
    /// Only grows, from 0 at the process's start.
    case counter
    /// Goes up and down.
    case gauge
    /// How often something was at most so large.
    case histogram
}

/// All values of one metric at one moment.
public struct MetricFamily: Sendable {
    /// One line of it.
    public struct Sample: Hashable, Sendable {
        /// What stands behind the family's name: `_bucket`, `_sum` and `_count` of histograms.
        public var suffix = ""
        /// What tells it from the family's others, in this order.
        public var labels: [Label]
        /// The value.
        public var value: Double

        /// A sample with these fields.
        public init(suffix: String = "", labels: [Label] = [], value: Double) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    /// A name and a value.
    public struct Label: Hashable, Sendable {
        /// Letters, digits and "_", not beginning with a digit.
        public var name: String
        /// Anything.
        public var value: String

        /// This name with this value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The name with its unit last: `yuncang_http_request_seconds`.
    public let name: String
    /// What it is.
    public let kind: MetricKind
    /// One line for people.
    public let help: String
    /// Its values.
    public var samples: [Sample]

    /// A family with these fields.
    public init(_ name: String, _ kind: MetricKind, help: String, samples: [Sample] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A family of one value without labels.
    public init(_ name: String, _ kind: MetricKind, help: String, value: some BinaryInteger) {
        self.init(name, kind, help: help, samples: [Sample(value: Double(value))])
    }

    /// A family of one value without labels.
    public init(_ name: String, _ kind: MetricKind, help: String, value: Double) {
        self.init(name, kind, help: help, samples: [Sample(value: value)])
    }

    /// Adds a value.
    public mutating func add(_ value: some BinaryInteger, _ labels: Label...) {
        samples.append(Sample(labels: labels, value: Double(value)))
    }

    /// Adds the lines of a histogram.
    ///
    /// - Parameters:
    ///   - bounds: the upper bound of each bucket, in the family's unit, without the last one's, which is infinite.
    ///   - counts: how many values each bucket has for itself, the infinite one included.
    ///   - sum: of all values.
    public mutating func add(bounds: [Double], counts: some Collection<UInt64>, sum: Double, _ labels: [Label] = []) {
        precondition(counts.count == bounds.count + 1, "a histogram has one bucket more than bounds")
        var total: UInt64 = 0
        for (bound, count) in zip(bounds + [.infinity], counts) {
            total += count
            let limit = Label("le", PrometheusText.number(bound))
            samples.append(Sample(suffix: "_bucket", labels: labels + [limit], value: Double(total)))
        }
        samples.append(Sample(suffix: "_sum", labels: labels, value: sum))
        samples.append(Sample(suffix: "_count", labels: labels, value: Double(total)))
    }
}
