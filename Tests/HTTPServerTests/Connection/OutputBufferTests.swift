import Testing

@testable import HTTPServer

@Suite("Bytes that wait to be written")
struct OutputBufferTests {
    @Test("a reader who never quite catches up costs little more memory than what waits, and gets every byte in order")
    func steadyBacklog() {
        var buffer = OutputBuffer()
        var (sent, expected): ([UInt8], [UInt8]) = ([], [])
        for turn in 0..<2_000 {
            let piece = [UInt8](repeating: UInt8(truncatingIfNeeded: turn), count: 1_000)
            expected += piece
            buffer.append(piece, asChunk: false)
            let taken = buffer.count - 1
            buffer.withUnsafeBytes { sent += $0.prefix(taken) }
            buffer.consume(taken)
            #expect(buffer.count == 1)
            #expect(buffer.heldBytes <= 128 * 1_024)
        }
        buffer.withUnsafeBytes { sent += $0 }
        buffer.consume(buffer.count)
        #expect(sent == expected)
        #expect(buffer.isEmpty && buffer.heldBytes == 0)
    }
}
