/// Finds COMMIT in what a client sends: by its words where it is parsed, later by the name under which it is prepared.
///
/// One that is cut in two by the network is not found.
struct SentCommits {
    private static let words = Array("COMMIT\0".utf8)
    /// A Bind of the unnamed portal to the prepared COMMIT, as far as it is told by the statement's name.
    private var binding: [UInt8]?

    /// Where a COMMIT begins in the bytes of one connection, if there is one; to be asked of all of them in turn.
    mutating func first(in bytes: ArraySlice<UInt8>) -> Int? {
        if let binding { return bytes.index(of: binding) }
        guard let place = bytes.index(of: Self.words) else { return nil }
        // A Parse message names the statement before its text; the unnamed one is parsed each time.
        let name = bytes[..<place].dropLast().reversed().prefix { $0 > 0x20 && $0 < 0x7F }.reversed()
        guard !name.isEmpty else { return place }
        binding = [0] + name + [0]
        return place
    }
}

extension ArraySlice<UInt8> {
    /// Where these bytes first stand in it.
    func index(of wanted: [UInt8]) -> Int? {
        guard let head = wanted.first else { return nil }
        var start = startIndex
        while let found = self[start...].firstIndex(of: head) {
            if self[found...].starts(with: wanted) { return found }
            start = found + 1
        }
        return nil
    }
}
