import JSON
import Testing

@Suite struct JSONMutationTests {
    /// xorshift64*: the same mutations in every run.
    private struct Randomness: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 0x2545_F491_4F6C_DD1D
        }
    }

    private static let seed =
        Array(
            #"{"reference":"TB-\u82a6\ud834\udd1e","shop":null,"kind":"presale","priority":9,"gift":true,"lines":["#
                .utf8)
        + Array(#"{"sku":"芦笋🍈","quantity":100000,"note":"a\n\"b\""},{"quantity":1,"sku":"b"}]}"#.utf8)

    private static let splices: [[UInt8]] =
        ["\"", "\\", "\\u", "\\ud800", "[", "]", "{", "}", ",", ":", "1e400", "-", "0"]
        .map { Array($0.utf8) } + [[0], [0xFF], [0xE4, 0xBA], [0xEF, 0xBB, 0xBF]]

    private static func mutate(_ document: [UInt8], _ randomness: inout Randomness) -> [UInt8] {
        var document = document
        for _ in 0..<Int.random(in: 1...4, using: &randomness) where !document.isEmpty {
            let position = Int.random(in: 0..<document.count, using: &randomness)
            switch Int.random(in: 0..<5, using: &randomness) {
            case 0: document[position] = UInt8.random(in: 0...255, using: &randomness)
            case 1: document.remove(at: position)
            case 2: document.removeSubrange(position...)
            case 3: document.insert(contentsOf: splices.randomElement(using: &randomness) ?? [], at: position)
            default:
                let end = min(document.count, position + Int.random(in: 1...20, using: &randomness))
                document.insert(contentsOf: document[position..<end], at: position)
            }
        }
        return document
    }

    @Test("no mutation of a body traps; what is read writes and reads back the same; what is refused says why")
    func mutations() throws {
        var randomness = Randomness(state: 0x1234_5678_9ABC_DEF1)
        var (read, refused) = (0, 0)
        for _ in 0..<20_000 {
            let document = Self.mutate(Self.seed, &randomness)
            do throws(JSONRefusal) {
                let order = try TestOrder.json.read(document)
                #expect(try TestOrder.json.read(TestOrder.json.bytes(of: order)) == order)
                read += 1
            } catch {
                refused += 1
                #expect(!error.problems.isEmpty)
                #expect(error.problems.allSatisfy { (0...document.count).contains($0.offset) && !$0.message.isEmpty })
            }
            // What the declared type takes, the undeclared one takes too.
            let tree = try? JSONType<JSONValue>.any.read(document)
            if let tree { #expect(try JSONType<JSONValue>.any.read(JSONType<JSONValue>.any.bytes(of: tree)) == tree) }
        }
        #expect(read > 100 && refused > 10_000)
    }
}
