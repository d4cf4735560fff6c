/// What proxies write for whom they were asked by: an address, perhaps with a port.
enum ForwardedNode {
    /// The address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:80`; nil for anything
    /// else, `unknown` and hidden names included.
    static func address(in text: ArraySlice<UInt8>) -> IPAddress? {
        if text.first == ASCII.openBracket {
            guard let close = text.firstIndex(of: ASCII.closeBracket), isPort(text[(close + 1)...]) else { return nil }
            let address = IPAddress(text: text[(text.startIndex + 1)..<close])
            return text[..<close].contains(ASCII.colon) ? address : nil
        }
        guard let colon = text.firstIndex(of: ASCII.colon), !text[(colon + 1)...].contains(ASCII.colon) else {
            return IPAddress(text: text)
        }
        return isPort(text[colon...]) ? IPAddress(text: text[..<colon]) : nil
    }

    /// Whether it is nothing, or a colon and a port, which may be a hidden one (RFC 7239, 6).
    private static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        let name = text.dropFirst()
        guard first == ASCII.colon, !name.isEmpty else { return false }
        if name.first == UInt8(ascii: "_") { return name.allSatisfy { ByteSet.token.contains($0) } }
        return name.count <= 5 && name.allSatisfy { ASCII.decimal($0) != nil }
    }
}
