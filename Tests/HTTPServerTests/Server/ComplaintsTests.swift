import EventLoop
import Testing

@testable import HTTPServer

@Suite("Complaints about the same trouble")
struct ComplaintsTests {
    @Test("the first is told of at once, and the others together after a while")
    func complaints() {
        var complaints = Complaints()
        func told(_ seconds: Int64) -> Int? {
            complaints.complaint(at: MonotonicInstant(nanoseconds: seconds * 1_000_000_000))
        }
        #expect(told(100) == 1)
        for second in Int64(100)..<109 { #expect(told(second) == nil) }
        #expect(told(110) == 10 && told(111) == nil)
        #expect(told(200) == 2)
    }
}
