/// Growing memory for a writer.
///
/// Not an array: each append to one checks uniqueness and capacity apart, which took half of the time of writing.
struct JSONBuffer: ~Copyable {
    private var memory: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(capacity: Int) {
        memory = .allocate(capacity: capacity)
    }

    deinit {
        memory.deallocate()
    }

    /// Room for so many more bytes; they count as written, and the caller writes them all before anything else.
    mutating func claim(_ additional: Int) -> UnsafeMutablePointer<UInt8> {
        if memory.count - count < additional { grow(to: count + additional) }
        defer { count += additional }
        // An allocation has an address.
        return memory.baseAddress! + count
    }

    mutating func append(_ byte: UInt8) {
        claim(1).initialize(to: byte)
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        claim(bytes.count).initialize(from: source, count: bytes.count)
    }

    /// What was written.
    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

    private mutating func grow(to needed: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(needed, memory.count * 2))
        _ = larger.initialize(from: written)
        memory.deallocate()
        memory = larger
    }
}
