import FoundationEssentials
import Testing

@Suite("The corpus of JSON documents")
struct JSONCorpusTests {
    @Test("every input keeps every promise")
    func corpus() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Corpus/json").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count > 50)
        for name in names.sorted() {
            let input = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
            do throws(BrokenPromise) {
                try JSONTrial.run(Array(input))
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
    }
}
