internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// Some rows of a list as CSV.
struct CSVPage<Cursor: Sendable>: Sendable {
    var rows: [[String]]
    /// Where the next page begins; nil after the last.
    var next: Cursor?
}

extension Authenticator {
    /// A whole list as CSV, in the order of its pages: each is read when the client has taken the one before, if whoever asked
    /// may have it still.
    ///
    /// The first page is read before anything is answered, so a list that cannot be had is answered as the problem that it is;
    /// one that breaks off later ends without its end. UTF-8 with a byte order mark, without which Excel takes Chinese for
    /// another encoding; what a spreadsheet would take for a formula gets an apostrophe.
    nonisolated func csv<Cursor: Sendable>(
        _ columns: [String], named name: String, for request: RoutedRequest,
        page: @escaping @Sendable (Cursor?) async throws(Problem) -> CSVPage<Cursor>
    ) async throws(Problem) -> Response {
        let first = try await page(nil)
        let stream = ResponseStream { writer in
            try await writer.write(Self.byteOrderMark + Self.csvText([columns] + first.rows))
            var next = first.next
            while let cursor = next {
                try await self.check(stillAsking: request)
                let page = try await page(cursor)
                try await writer.write(Self.csvText(page.rows))
                next = page.next
            }
        }
        let fields: ResponseFields = [
            .contentType: MediaType.csv.contentType,
            .contentDisposition: "attachment; filename=\"\(name).csv\"",
        ]
        return Response(status: .ok, fields: fields, stream: stream)
    }

    private static var byteOrderMark: [UInt8] { [0xEF, 0xBB, 0xBF] }

    private static func csvText(_ rows: [[String]]) -> [UInt8] {
        var csv = CSVWriter()
        for row in rows { csv.append(row) }
        return Array(csv.text.utf8)
    }
}
