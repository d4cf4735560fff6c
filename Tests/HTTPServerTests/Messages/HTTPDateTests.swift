import Testing

@testable import HTTPServer

@Suite("Dates")
struct HTTPDateTests {
    @Test(
        "a second is rendered as its IMF-fixdate",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String)]
    )
    func rendering(seconds: Int64, text: String) {
        #expect(rendered(HTTPDate(unixSeconds: seconds)) == text)
    }

    private func rendered(_ date: HTTPDate) -> String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 29) { date.append(to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a date advances when its second does")
    func advancing() {
        var date = HTTPDate(unixSeconds: 59)
        date.advance(to: 60)
        #expect(rendered(date) == "Thu, 01 Jan 1970 00:01:00 GMT")
    }
}
