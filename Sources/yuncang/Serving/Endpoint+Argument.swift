internal import HTTPServer

extension Endpoint {
    /// Reads `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/yuncang/http.sock`; files get these permissions.
    init(argument text: String, mode: UInt32) throws(CommandFailure) {
        guard text.hasPrefix("unix:") else {
            self = .internet(try SocketAddress(argument: text))
            return
        }
        let path = String(text.dropFirst(5))
        guard path.hasPrefix("/"), !path.hasSuffix("/"), path.utf8.count <= 107 else {
            throw .invalid(
                text,
                rule: Text(
                    en: "unix: takes an absolute path of at most 107 bytes, such as unix:/run/yuncang/http.sock",
                    zh: "unix: 后面要绝对路径，最长 107 字节，例如 unix:/run/yuncang/http.sock"))
        }
        self = .unix(UnixAddress(path: path, mode: mode))
    }

    /// What programs are given to connect to.
    var url: String {
        switch self {
        case .internet(let address): "http://\(address)"
        case .unix(let address): address.description
        }
    }
}

extension SocketAddress {
    /// Reads `127.0.0.1:8080` or `[::1]:8080`.
    init(argument text: String) throws(CommandFailure) {
        let rule = Text(
            en: "write a numeric address and a port, such as 127.0.0.1:8080 [::1]:8080 or unix:/path",
            zh: "写成数字地址加端口，例如 127.0.0.1:8080 [::1]:8080 或 unix:/path")
        guard let colon = text.lastIndex(of: ":") else { throw .invalid(text, rule: rule) }
        var host = text[..<colon]
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(digits) else {
            throw .invalid(text, rule: rule)
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, isBracketed == host.contains(":") else { throw .invalid(text, rule: rule) }
        self.init(host: String(host), port: port)
    }
}
