/// The codewords of a code: the data in its frame, and what mends them (Reed and Solomon over GF(256), polynomial 0x11D).
enum QRCodewords {
    /// Mode, count, bytes, end and padding.
    static func data(_ bytes: [UInt8], in version: QRVersion) -> [UInt8] {
        var bits = QRBits()
        bits.append(0b0100, count: 4)
        bits.append(bytes.count, count: version.countBits)
        for byte in bytes { bits.append(Int(byte), count: 8) }
        bits.append(0, count: min(4, 8 * version.dataCount - bits.count))
        bits.append(0, count: (8 - bits.count % 8) % 8)
        var words = bits.words
        while words.count < version.dataCount {
            words.append(0xEC)
            if words.count < version.dataCount { words.append(0x11) }
        }
        return words
    }

    /// The data and their correction, in the order in which they are placed: the first of each block, the second of each …
    static func interleaved(_ data: [UInt8], in version: QRVersion) -> [UInt8] {
        let generator = generator(degree: version.correction)
        var (blocks, corrections): ([ArraySlice<UInt8>], [[UInt8]]) = ([], [])
        var rest = data[...]
        for count in version.blocks {
            blocks.append(rest.prefix(count))
            corrections.append(remainder(of: rest.prefix(count), by: generator))
            rest = rest.dropFirst(count)
        }
        var words: [UInt8] = []
        for place in 0..<(version.blocks.max() ?? 0) {
            for block in blocks where place < block.count { words.append(block[block.startIndex + place]) }
        }
        for place in 0..<version.correction { words += corrections.map { $0[place] } }
        return words
    }

    /// The product of (x - 2^i), without its leading 1.
    private static func generator(degree: Int) -> [UInt8] {
        var coefficients = [UInt8](repeating: 0, count: degree)
        coefficients[degree - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                coefficients[index] = multiply(coefficients[index], root)
                if index + 1 < degree { coefficients[index] ^= coefficients[index + 1] }
            }
            root = multiply(root, 2)
        }
        return coefficients
    }

    private static func remainder(of data: ArraySlice<UInt8>, by generator: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for index in result.indices { result[index] ^= multiply(generator[index], factor) }
        }
        return result
    }

    private static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product = 0
        for bit in stride(from: 7, through: 0, by: -1) {
            product = product << 1 ^ (product >> 7) * 0x11D
            if right >> bit & 1 == 1 { product ^= Int(left) }
        }
        return UInt8(product)
    }
}

/// Bits in their order, the highest of each number first.
private struct QRBits {
    private(set) var count = 0
    private(set) var words: [UInt8] = []

    mutating func append(_ number: Int, count: Int) {
        for bit in stride(from: count - 1, through: 0, by: -1) {
            if self.count % 8 == 0 { words.append(0) }
            words[words.count - 1] |= UInt8(number >> bit & 1) << (7 - self.count % 8)
            self.count += 1
        }
    }
}
