import FoundationEssentials
import Testing

@Suite("The corpus of requests")
struct RequestCorpusTests {
    @Test("every input keeps every promise, in every slicing")
    func corpus() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Corpus/requests").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count > 50)
        for name in names.sorted() {
            let input = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
            do throws(BrokenPromise) {
                try RequestTrial.run(Array(input))
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
    }
}
