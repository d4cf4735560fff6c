internal import HTTPServer

extension ProxyTrust {
    /// Reads `127.0.0.1,10.0.0.0/8,unix`, once or several times.
    init(arguments: [String], fields: Fields) throws(CommandFailure) {
        self.init(proxies: [], fields: fields)
        for word in arguments.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            if word == "unix" {
                includesLocalSockets = true
            } else if let range = AddressRange(String(word)) {
                proxies.append(range)
            } else {
                throw .invalid(
                    String(word),
                    rule: Text(
                        en:
                            "--trust-proxy takes addresses and networks such as 127.0.0.1,10.0.0.0/8, and the word unix",
                        zh: "--trust-proxy 要地址或网段，例如 127.0.0.1,10.0.0.0/8，或单词 unix"))
            }
        }
    }
}
