import Crypto
import FoundationEssentials

/// Where readers of events stand, as they are told.
///
/// Numbers are given to all events of a base, so that two of them tell how many happened between: how busy others are. Whoever
/// sees only their own is told a number sealed instead (AES-GCM): each time another text, so that neither its value nor whether
/// it has changed says anything, and one of another's is none. Whoever sees everything is told the number itself.
public struct EventCursors: Sendable {
    private let sealing: SymmetricKey
    private let naming: SymmetricKey

    /// Of a base's secret.
    init(secret: [UInt8]) {
        func key(_ use: String) -> SymmetricKey {
            SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(use.utf8), using: SymmetricKey(data: secret)))
        }
        (sealing, naming) = (key("cursor"), key("identity"))
    }

    /// What a reader passes on to go on after a number.
    public func cursor(after number: Int64, in scope: EventScope) -> String {
        guard scope != .all else { return String(number) }
        let bytes = withUnsafeBytes(of: number.bigEndian) { Data($0) }
        guard
            let box = try? AES.GCM.seal(bytes, using: sealing, authenticating: Data(scope.label.utf8)),
            let combined = box.combined
        else { preconditionFailure("eight bytes could not be sealed") }
        // 36 bytes are 48 characters, without padding.
        return combined.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }

    /// The number that a reader goes on after; nil for what no reader of this scope was told.
    public func number(of cursor: String, in scope: EventScope) -> Int64? {
        guard scope != .all else {
            guard cursor.utf8.allSatisfy({ (48...57).contains($0) }), cursor.utf8.count <= 19 else { return nil }
            return Int64(cursor)
        }
        guard cursor.utf8.count == 48,
            !cursor.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }),
            let combined = Data(
                base64Encoded: cursor.replacing("-", with: "+").replacing("_", with: "/")),
            let box = try? AES.GCM.SealedBox(combined: combined),
            let bytes = try? AES.GCM.open(box, using: sealing, authenticating: Data(scope.label.utf8)), bytes.count == 8
        else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    /// By what a reader knows an event again: the same each time, and for those of one scope alone.
    public func identity(of number: Int64, in scope: EventScope) -> String {
        guard scope != .all else { return String(number) }
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(scope.label) \(number)".utf8), using: naming)
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: code.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
