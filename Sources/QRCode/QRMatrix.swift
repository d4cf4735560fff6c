/// The modules of a code, and which of them are patterns, whose places the data leave free.
struct QRMatrix: Sendable {
    let version: QRVersion
    let size: Int
    private(set) var dark: [Bool]
    private var isPattern: [Bool]

    /// The patterns of a version, the places of format and version taken.
    init(version: QRVersion) {
        self.version = version
        size = version.size
        dark = Array(repeating: false, count: size * size)
        isPattern = dark
        for place in 0..<size {
            set(6, place, place % 2 == 0)
            set(place, 6, place % 2 == 0)
        }
        drawFinder(3, 3)
        drawFinder(size - 4, 3)
        drawFinder(3, size - 4)
        let (centres, last) = (version.alignment, version.alignment.last ?? 0)
        for x in centres {
            for y in centres where !(x == 6 && y == 6 || x == 6 && y == last || x == last && y == 6) {
                drawAlignment(x, y)
            }
        }
        drawFormat(mask: 0)
        drawVersion()
    }

    subscript(column: Int, row: Int) -> Bool { dark[row * size + column] }

    /// Places codewords from the lower right in pairs of columns, up and down in turn, around the patterns.
    mutating func place(_ words: [UInt8]) {
        var bit = 0
        for pair in stride(from: size - 1, through: 1, by: -2) {
            // The column of the timing pattern is left out.
            let right = pair <= 6 ? pair - 1 : pair
            let isUpward = (right + 1) & 2 == 0
            for step in 0..<size {
                let row = isUpward ? size - 1 - step : step
                for column in [right, right - 1] where !isPattern[row * size + column] {
                    guard bit < words.count * 8 else { continue }
                    dark[row * size + column] = words[bit >> 3] >> (7 - bit & 7) & 1 == 1
                    bit += 1
                }
            }
        }
    }

    /// The same with one of the eight masks over the data, and its number in the format.
    func masked(by mask: Int) -> QRMatrix {
        var masked = self
        for y in 0..<size {
            for x in 0..<size where !isPattern[y * size + x] && Self.inverts(mask, x, y) {
                masked.dark[y * size + x].toggle()
            }
        }
        masked.drawFormat(mask: mask)
        return masked
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    // MARK: Patterns

    private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
        dark[y * size + x] = isDark
        isPattern[y * size + x] = true
    }

    private mutating func drawFinder(_ centreX: Int, _ centreY: Int) {
        for y in centreY - 4...centreY + 4 where (0..<size).contains(y) {
            for x in centreX - 4...centreX + 4 where (0..<size).contains(x) {
                let distance = max(abs(x - centreX), abs(y - centreY))
                set(x, y, distance != 2 && distance != 4)
            }
        }
    }

    private mutating func drawAlignment(_ centreX: Int, _ centreY: Int) {
        for y in -2...2 {
            for x in -2...2 { set(centreX + x, centreY + y, max(abs(x), abs(y)) != 1) }
        }
    }

    /// Error correction M and the mask, with ten bits of their own correction, twice.
    private mutating func drawFormat(mask: Int) {
        var remainder = mask
        for _ in 0..<10 { remainder = remainder << 1 ^ (remainder >> 9) * 0x537 }
        let bits = (mask << 10 | remainder) ^ 0x5412
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        for index in 0...5 { set(8, index, bit(index)) }
        set(8, 7, bit(6))
        set(8, 8, bit(7))
        set(7, 8, bit(8))
        for index in 9..<15 { set(14 - index, 8, bit(index)) }
        for index in 0..<8 { set(size - 1 - index, 8, bit(index)) }
        for index in 8..<15 { set(8, size - 15 + index, bit(index)) }
        set(8, size - 8, true)
    }

    /// From version 7 on the number, with twelve bits of its own correction, twice.
    private mutating func drawVersion() {
        guard version.number >= 7 else { return }
        var remainder = version.number
        for _ in 0..<12 { remainder = remainder << 1 ^ (remainder >> 11) * 0x1F25 }
        let bits = version.number << 12 | remainder
        for index in 0..<18 {
            let (a, b) = (size - 11 + index % 3, index / 3)
            set(a, b, bits >> index & 1 == 1)
            set(b, a, bits >> index & 1 == 1)
        }
    }
}
