internal import HTTPServer
internal import Prometheus

extension RequestStatistics {
    /// The counts as metrics; `routes` says what the numbers of routes mean.
    func families(routes: [String]) -> [MetricFamily] {
        var requests = MetricFamily(
            "yuncang_http_requests_total", .counter,
            help: "Exchanges by route, method and class of status; route none: refused before, or no such path.")
        var durations = MetricFamily(
            "yuncang_http_request_seconds", .histogram,
            help: "From a complete request to the last byte of its answer.")
        let bounds = Self.bounds.map { Double($0) / 1e6 }
        for (index, row) in rows.enumerated() where !row.isEmpty {
            let (route, method) = index.quotientAndRemainder(dividingBy: Self.methods.count)
            let labels = [
                MetricFamily.Label("route", route == 0 || route > routes.count ? "none" : routes[route - 1]),
                MetricFamily.Label("method", Self.methods[method]),
            ]
            for number in row.classes.indices where row.classes[number] > 0 {
                let status = MetricFamily.Label("status", Self.classes[number])
                requests.samples.append(.init(labels: labels + [status], value: Double(row.classes[number])))
            }
            durations.add(
                bounds: bounds, counts: row.buckets.indices.map { row.buckets[$0] }, sum: Double(row.nanoseconds) / 1e9,
                labels)
        }
        var refused = MetricFamily(
            "yuncang_http_refusals_total", .counter, help: "Exchanges that the server itself answered, by its reason.")
        for refusal in Refusal.allCases {
            refused.add(refusals[refusal] ?? 0, MetricFamily.Label("reason", "\(refusal)"))
        }
        return [
            requests, durations, refused,
            MetricFamily(
                "yuncang_http_cut_off_total", .counter, help: "Exchanges of whose answer the client did not get all.",
                value: cutOff),
            MetricFamily(
                "yuncang_http_received_bytes_total", .counter, help: "Bytes of heads and contents.",
                value: receivedBytes
            ),
            MetricFamily("yuncang_http_sent_bytes_total", .counter, help: "Bytes of answers.", value: sentBytes),
        ]
    }
}
