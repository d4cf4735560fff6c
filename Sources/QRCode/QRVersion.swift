/// What the standard's tables say of a version at error correction M.
struct QRVersion: Sendable, Equatable {
    /// 1 to 10.
    let number: Int
    /// Codewords of error correction in each block.
    let correction: Int
    /// Codewords of data in each block; the longer ones come last.
    let blocks: [Int]

    /// Modules on a side.
    var size: Int { 17 + 4 * number }
    /// All codewords of data.
    var dataCount: Int { blocks.reduce(0, +) }
    /// Bits of the count of bytes.
    var countBits: Int { number < 10 ? 8 : 16 }
    /// Where the centres of the alignment patterns are, in both directions.
    var alignment: [Int] {
        switch number {
        case 1: []
        case 2...6: [6, size - 7]
        default: [6, size / 2, size - 7]
        }
    }

    /// The smallest one that holds so many bytes.
    static func smallest(for count: Int) -> QRVersion? {
        all.first { (8 * $0.dataCount - 4 - $0.countBits) / 8 >= count }
    }

    static let all = [
        QRVersion(number: 1, correction: 10, blocks: [16]),
        QRVersion(number: 2, correction: 16, blocks: [28]),
        QRVersion(number: 3, correction: 26, blocks: [44]),
        QRVersion(number: 4, correction: 18, blocks: [32, 32]),
        QRVersion(number: 5, correction: 24, blocks: [43, 43]),
        QRVersion(number: 6, correction: 16, blocks: [27, 27, 27, 27]),
        QRVersion(number: 7, correction: 18, blocks: [31, 31, 31, 31]),
        QRVersion(number: 8, correction: 22, blocks: [38, 38, 39, 39]),
        QRVersion(number: 9, correction: 22, blocks: [36, 36, 36, 37, 37]),
        QRVersion(number: 10, correction: 26, blocks: [43, 43, 43, 43, 44]),
    ]
}
