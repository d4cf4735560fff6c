internal import ArgumentParser

/// Where people's browsers reach the service: an option of every command that shows an address of a page.
struct BrowserOptions: ParsableArguments {
    /// As it is typed into a browser, without a path.
    @Option(
        help: ArgumentHelp(
            en: "The service as browsers reach it, such as https://base.example.cn; else http://127.0.0.1:8080.",
            zh: "浏览器访问服务的地址，例如 https://base.example.cn；不指定时为 http://127.0.0.1:8080。", valueName: "url"))
    var url: String?

    /// The address of a page, with what is not sent to the server but read by the page behind the `#`.
    func address(of path: String, fragment: String) throws(CommandFailure) -> String {
        let origin = try origin
        return "\(origin)\(path)#\(fragment)"
    }

    private var origin: String {
        get throws(CommandFailure) {
            guard let url else { return "http://127.0.0.1:8080" }
            let host = ["https://", "http://"].first { url.hasPrefix($0) }.map { url.dropFirst($0.count) }
            let ending = host?.hasSuffix("/") == true ? host?.dropLast() : host
            let isHost = ending.map { !$0.isEmpty && $0.utf8.allSatisfy(Self.isOfHost) && $0.utf8.count <= 100 }
            guard isHost == true else {
                throw .invalid(
                    url,
                    rule: Text(
                        en: "--url takes the address without a path, such as https://base.example.cn",
                        zh: "--url 要不含路径的地址，例如 https://base.example.cn"))
            }
            return url.hasSuffix("/") ? String(url.dropLast()) : url
        }
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "-", ":", "[", "]": true
        default: false
        }
    }

    /// The title of their section in help.
    static var title: String { Text(en: "Page options", zh: "页面选项").current }
}
