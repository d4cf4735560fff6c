import EventLoop
import Testing

@testable import HTTPServer
@testable import WarehouseAPI

@Suite("What is counted of exchanges")
struct RequestStatisticsTests {
    @Test("a stream is counted, and how long it was there does not tell how fast answers are")
    func streams() {
        var statistics = RequestStatistics()
        var exchange = Exchange(
            from: .local, id: RequestID(number: 1),
            at: Moment(now: MonotonicInstant(nanoseconds: 0), date: HTTPDate(unixSeconds: 0)))
        exchange.status = 200
        exchange.end = MonotonicInstant(nanoseconds: 90_000)
        statistics.note(exchange)
        exchange.end = MonotonicInstant(nanoseconds: 3_600_000_000_000)
        exchange.isStream = true
        statistics.note(exchange)
        let row = statistics.rows.last
        #expect(row?.classes[1] == 2 && row?.buckets[0] == 1 && row?.buckets[16] == 0 && row?.nanoseconds == 90_000)
        #expect(row?.isEmpty == false)
    }
}
