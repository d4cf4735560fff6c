/// Numbers as people read them, the same in both languages.
enum FigureText {
    /// `10,000`
    static func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// `0.8 ms`, `12.3 ms`, `1.24 s`
    static func duration(_ duration: Duration) -> String {
        let microseconds = Int64(duration / .microseconds(1))
        guard microseconds >= 1_000_000 else {
            let tenths = (microseconds + 50) / 100
            return tenths < 10_000 ? "\(tenths / 10).\(tenths % 10) ms" : "1.00 s"
        }
        let hundredths = (microseconds + 5_000) / 10_000
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }
}
