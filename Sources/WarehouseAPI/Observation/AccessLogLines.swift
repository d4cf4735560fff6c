internal import EventLoop
internal import HTTPServer
internal import HTTPTypes

/// Writes the lines of an access log: one per exchange, which nobody can forge or break, and without secrets.
///
/// A line has the path as it was asked, of a query only the names, and no field of the request: what people search for, and
/// what they show to be let in, is not written down.
struct AccessLogLines {
    /// Bytes of a path that are written; what is longer is cut and ends in `...`.
    private static var pathBytes: Int { 512 }
    /// Names of a query that are written.
    private static var queryNames: Int { 16 }
    /// Bytes of a query's name; what is longer is nobody's parameter.
    private static var nameBytes: Int { 32 }
    /// Room for all that is not path, query, route or refusal: what stands between them, time, id, address and four numbers.
    private static var otherBytes: Int { 512 }

    private let names: RouteNames
    private let isJSON: Bool
    private var routes: [String] = []
    private var clock: WallClock

    init(_ format: AccessLogFormat, names: RouteNames, clock: WallClock = WallClock()) {
        isJSON = format == .json
        self.names = names
        self.clock = clock
    }

    /// Appends the line about an exchange, its line feed included.
    mutating func append(_ exchange: Exchange, to output: inout [UInt8]) {
        let route = route(of: exchange)
        let refusal = exchange.refusal.map { "\($0)" }
        let room =
            min(exchange.pathBytes.count, Self.pathBytes + 3) + (exchange.queryBytes?.count ?? 0)
            + (route?.utf8.count ?? 0) + (refusal?.utf8.count ?? 0) + Self.otherBytes
        output.append(addingCapacity: room) { write(exchange, route, refusal, to: &$0) }
    }

    private mutating func write(
        _ exchange: Exchange, _ route: String?, _ refusal: String?, to output: inout OutputSpan<UInt8>
    ) {
        next("{\"time\":\"", "time=", &output)
        clock.append(exchange.end, to: &output)
        next("\",\"id\":\"", " id=", &output)
        exchange.id.append(to: &output)
        next("\",\"client\":\"", " client=", &output)
        append(exchange.client, to: &output)
        if let method = exchange.method {
            next("\",\"method\":\"", " method=", &output)
            append(clean: method.rawValue.utf8.prefix(Self.nameBytes), to: &output)
            next("\",\"path\":\"", " path=", &output)
            append(path: exchange.pathBytes, to: &output)
        }
        if let query = exchange.queryBytes {
            next("\",\"query\":\"", " query=", &output)
            append(namesOf: query, to: &output)
        }
        if let route {
            next("\",\"route\":\"", " route=", &output)
            output.append(route)
        }
        if let refusal {
            next("\",\"refusal\":\"", " refusal=", &output)
            output.append(refusal)
        }
        next("\",\"status\":", " status=", &output)
        output.append(decimal: exchange.status)
        next(",\"in\":", " in=", &output)
        output.append(decimal: exchange.requestBytes)
        next(",\"out\":", " out=", &output)
        output.append(decimal: exchange.responseBytes)
        next(",\"us\":", " us=", &output)
        output.append(decimal: Int(max(0, exchange.end.nanoseconds - exchange.start.nanoseconds) / 1_000))
        if exchange.isCutOff { next(",\"cut\":true", " cut=true", &output) }
        next("}\n", "\n", &output)
    }

    /// Appends the line that says how many are missing before it.
    mutating func append(dropped: Int, at instant: MonotonicInstant, to output: inout [UInt8]) {
        output.append(addingCapacity: Self.otherBytes) { output in
            next("{\"time\":\"", "time=", &output)
            clock.append(instant, to: &output)
            next("\",\"dropped\":", " dropped=", &output)
            output.append(decimal: dropped)
            next("}\n", "\n", &output)
        }
    }

    private mutating func route(of exchange: Exchange) -> String? {
        guard exchange.route != .none else { return nil }
        let index = Int(exchange.route.rawValue)
        if index >= routes.count { routes = names.all }
        return index < routes.count ? routes[index] : nil
    }

    private func next(_ json: StaticString, _ logfmt: StaticString, _ output: inout OutputSpan<UInt8>) {
        output.append(isJSON ? json : logfmt)
    }

    private func append(_ client: ClientAddress, to output: inout OutputSpan<UInt8>) {
        guard case .ip(let address) = client, let number = address.v4 else { return output.append(client.description) }
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            output.append(decimal: Int(number >> shift & 0xFF))
            if shift > 0 { output.append(UInt8(ascii: ".")) }
        }
    }

    private func append(path: ArraySlice<UInt8>, to output: inout OutputSpan<UInt8>) {
        append(clean: path.prefix(Self.pathBytes), to: &output)
        if path.count > Self.pathBytes { output.append("...") }
    }

    /// What could end a value, a line or an escape is replaced; the parser lets none of it come so far.
    private func append(clean bytes: some Sequence<UInt8>, to output: inout OutputSpan<UInt8>) {
        for byte in bytes { output.append(Self.isPlain(byte) ? byte : UInt8(ascii: "?")) }
    }

    /// The names, with commas between; whatever does not look like the name of a parameter may be somebody's data.
    private func append(namesOf query: ArraySlice<UInt8>, to output: inout OutputSpan<UInt8>) {
        var count = 0
        for pair in query.split(separator: UInt8(ascii: "&"), maxSplits: Self.queryNames) where count < Self.queryNames
        {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let isName = (1...Self.nameBytes).contains(name.count) && name.allSatisfy(Self.isOfName)
            if count > 0 { output.append(UInt8(ascii: ",")) }
            if isName { output.append(name) } else { output.append(UInt8(ascii: "?")) }
            count += 1
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }

    /// Printable ASCII, and neither quote, backslash nor space.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
