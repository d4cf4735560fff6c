internal import Glibc

extension Channel {
    /// A channel to a descriptor, laid out for the terminal behind it if there is one.
    static func descriptor(_ descriptor: CInt, environment: Environment) -> Channel {
        let isTerminal = isatty(descriptor) == 1
        let surface = Surface(
            columns: isTerminal ? columns(of: descriptor, environment: environment) : nil,
            width: DisplayWidth(ambiguousIsWide: environment[.ambiguousWidth] == "2"),
            style: Style.chosen(isTerminal: isTerminal, environment: environment))
        return Channel(sink: DescriptorSink(descriptor: descriptor), surface: surface, isTerminal: isTerminal)
    }

    /// The terminal's own answer, else COLUMNS, else 80.
    private static func columns(of descriptor: CInt, environment: Environment) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }
}
