import Foundation
import JSON

/// Reads an order of five lines and writes its answer, with this package and with Foundation, and prints what each took.
@main
enum JSONBenchmark {
    static func main() throws {
        let body = Order.json.bytes(of: .sample)
        let data = Data(body)
        let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
        print("order \(body.count) bytes, answer \(Answer.json.bytes(of: .sample).count) bytes")

        let reading = try nanosecondsPerCall { try Order.json.read(body).lines.count }
        let writing = try nanosecondsPerCall { Answer.json.bytes(of: .sample).count }
        let foundationReading = try nanosecondsPerCall { try decoder.decode(Order.self, from: data).lines.count }
        let foundationWriting = try nanosecondsPerCall { try encoder.encode(Answer.sample).count }
        report("read", reading, foundationReading)
        report("write", writing, foundationWriting)
    }

    /// The best of seven rounds, each of about 50 ms: on a shared machine the fastest round is the least disturbed.
    private static func nanosecondsPerCall(_ body: () throws -> Int) throws -> Double {
        let clock = ContinuousClock()
        var sum = 0
        var calls = 1
        var best = Double.infinity
        var rounds = 0
        while rounds < 7 {
            let elapsed = try clock.measure {
                for _ in 0..<calls { sum &+= try body() }
            }
            if elapsed < .milliseconds(50) {
                calls *= 2
            } else {
                best = min(best, Double(elapsed.components.attoseconds) / 1e9 / Double(calls))
                rounds += 1
            }
        }
        precondition(sum != 0, "the work must not be optimised away")
        return best
    }

    private static func report(_ name: String, _ nanoseconds: Double, _ foundation: Double) {
        let figures = [nanoseconds, foundation, foundation / nanoseconds].map { String(format: "%.1f", $0) }
        print("\(name): \(figures[0]) ns, Foundation \(figures[1]) ns, \(figures[2]) times")
    }
}
