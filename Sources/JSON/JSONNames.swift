/// The names of a declared object's members, laid out for matching.
@usableFromInline
struct JSONNames: Sendable {
    let names: [String]
    let readOnly: [String]
    /// All names in UTF-8, one after the other.
    private let utf8: [UInt8]
    /// Where each name ends in `utf8`.
    private let ends: [Int]

    /// Two members of one name are a programming error, which stops the program when the declaration is first used.
    init(_ object: JSONObjectSchema, readOnly: [String]) {
        names = object.fields.map(\.name)
        self.readOnly = readOnly
        let all = names + readOnly
        precondition(Set(all).count == all.count, "\(object.name) declares a member twice")
        utf8 = names.flatMap { Array($0.utf8) }
        ends = names.reduce(into: []) { ends, name in ends.append((ends.last ?? 0) + name.utf8.count) }
    }

    var count: Int { ends.count }

    /// The member of that name. Documents mostly keep the declared order, so the search starts at `hint`.
    func index(of name: UnsafeBufferPointer<UInt8>, hint: Int) -> Int? {
        for index in hint..<max(hint, count) where matches(index, name) { return index }
        for index in 0..<min(hint, count) where matches(index, name) { return index }
        return nil
    }

    private func matches(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : ends[index - 1]
        guard ends[index] - start == name.count else { return false }
        for offset in 0..<name.count where utf8[start + offset] != name[offset] { return false }
        return true
    }
}
