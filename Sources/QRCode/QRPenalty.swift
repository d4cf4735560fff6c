/// How hard a code is to read: of the eight masks the one with the least is taken.
enum QRPenalty {
    static func score(_ matrix: QRMatrix) -> Int {
        let lines = (0..<matrix.size).flatMap { line in
            [(0..<matrix.size).map { matrix[$0, line] }, (0..<matrix.size).map { matrix[line, $0] }]
        }
        return lines.reduce(0) { $0 + runs($1) + likenesses($1) } + squares(matrix) + imbalance(matrix)
    }

    /// Five or more alike in a row.
    private static func runs(_ line: [Bool]) -> Int {
        var (score, length) = (0, 1)
        for index in 1...line.count {
            if index < line.count, line[index] == line[index - 1] {
                length += 1
            } else {
                if length >= 5 { score += length - 2 }
                length = 1
            }
        }
        return score
    }

    /// What looks like a finder: dark, light, three dark, light, dark, and four light on one side.
    private static func likenesses(_ line: [Bool]) -> Int {
        let finder = [true, false, true, true, true, false, true]
        let light = [false, false, false, false]
        let padded = light + line + light
        return padded.indices.dropLast(10).reduce(0) { score, start in
            let window = Array(padded[start..<start + 11])
            return window == light + finder || window == finder + light ? score + 40 : score
        }
    }

    /// Squares of four alike.
    private static func squares(_ matrix: QRMatrix) -> Int {
        var score = 0
        for y in 1..<matrix.size {
            for x in 1..<matrix.size {
                let first = matrix[x, y]
                if matrix[x - 1, y] == first, matrix[x, y - 1] == first, matrix[x - 1, y - 1] == first { score += 3 }
            }
        }
        return score
    }

    /// Ten for every full 5% away from half dark.
    private static func imbalance(_ matrix: QRMatrix) -> Int {
        let count = matrix.dark.count { $0 }
        return abs(count * 20 - matrix.dark.count * 10) / matrix.dark.count * 10
    }
}
