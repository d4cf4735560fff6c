extension QRCode {
    /// For a terminal: a character for two modules above each other, light ones drawn, so that it reads on a dark ground as it
    /// should and on a light one inverted, which phones read too.
    public var lines: [String] {
        stride(from: -Self.margin, to: size + Self.margin, by: 2).map { row in
            (-Self.margin..<size + Self.margin).map { column in
                // Beyond the last line there is nothing to draw.
                let isLast = row + 1 >= size + Self.margin
                return switch (self[column, row], self[column, row + 1] || isLast) {
                case (false, false): "█"
                case (false, true): "▀"
                case (true, false): "▄"
                case (true, true): " "
                }
            }.joined()
        }
    }

    /// For a page: the `d` of a path whose inside is dark, in a view box of ``size`` and two margins.
    public var path: String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard self[column, row] else {
                    column += 1
                    continue
                }
                let start = column
                while self[column, row] { column += 1 }
                path += "M\(start + Self.margin) \(row + Self.margin)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }
}
