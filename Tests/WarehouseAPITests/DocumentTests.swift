import FoundationEssentials
import HTTPTypes
import Testing

@testable import WarehouseAPI

@Suite("What the documentation says of the API", .onDatabase)
struct DocumentTests {
    private static let text: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let contents = FileManager.default.contents(atPath: root.appending(path: "docs/http.md").path)
        return String(decoding: contents ?? Data(), as: UTF8.self)
    }()

    /// The first cells of all tables, as they stand between backquotes.
    private static var cells: [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { line in
            line.split(separator: "`").dropFirst().first.map(String.init)
        }
    }

    @Test("every route is listed, and no other")
    func routes() async throws {
        try await Shop.with(.inProcess) { shop in
            let routes = WarehouseAPI.routes(shop.services, readiness: shop.readiness)
            let listed = Self.cells.filter { $0.contains(" /") }
            #expect(Set(listed) == Set(routes.map { "\($0.method.rawValue) \($0.path)" }))
            #expect(listed.count == Set(listed).count)
        }
    }

    @Test("every problem's code is listed with its status, and no other")
    func codes() {
        let listed = Self.cells.filter { !$0.contains(" /") }
        #expect(Set(listed) == Set(Problem.Code.allCases.map(\.rawValue)))
        for code in Problem.Code.allCases where code != .refused {
            #expect(Self.text.contains("| `\(code.rawValue)` | \(code.status.code) |"), "\(code.rawValue)")
        }
    }
}
