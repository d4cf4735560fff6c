/// An answer in chunks as it comes over the wire.
struct StreamedAnswer {
    private(set) var head = ""
    private(set) var content: [UInt8] = []
    /// Whether the last chunk has come.
    private(set) var isComplete = false
    /// What is not a part of the answer, or not yet.
    private(set) var rest: [UInt8] = []

    private static let lineEnd: [UInt8] = [13, 10]

    /// Undoes the coding by the letter of RFC 9112, 7.1, for what a server sends.
    mutating func append(_ bytes: [UInt8]) throws {
        rest += bytes
        if head.isEmpty {
            guard let end = rest.firstRange(of: Self.lineEnd + Self.lineEnd) else { return }
            head = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
            rest.removeFirst(end.upperBound)
        }
        var start = 0
        while !isComplete, let line = rest[start..<min(start + 20, rest.count)].firstRange(of: Self.lineEnd) {
            guard let size = Int(String(decoding: rest[start..<line.lowerBound], as: UTF8.self), radix: 16) else {
                throw ClientError.closed(after: rest)
            }
            let end = line.upperBound + size + 2
            guard end <= rest.count else { break }
            guard Array(rest[(end - 2)..<end]) == Self.lineEnd else { throw ClientError.closed(after: rest) }
            content += rest[line.upperBound..<(end - 2)]
            isComplete = size == 0
            start = end
        }
        rest.removeFirst(start)
    }

    var text: String { String(decoding: content, as: UTF8.self) }
}

extension RawClient {
    /// Reads until a stream in chunks is complete, or `isEnough` of it has come, or the server has closed.
    func streamedAnswer(until isEnough: (StreamedAnswer) -> Bool = { _ in false }) async throws -> StreamedAnswer {
        var answer = StreamedAnswer()
        while let more = try await receive() {
            try answer.append(more)
            if answer.isComplete || isEnough(answer) { break }
        }
        return answer
    }
}
