import Crypto
import FoundationEssentials

/// The keys under which recipients are encrypted: the last one encrypts, and each still reads what it has encrypted.
///
/// From each master key two are derived (HKDF-SHA-256), one for the ciphertext and one for the merge key, so that neither
/// tells anything of the other.
public struct RecipientKeys: Sendable {
    /// What is derived from one master key.
    struct Key: Sendable {
        let id: String
        let encryption: SymmetricKey
        let merging: SymmetricKey

        init(id: String, master: SymmetricKey) {
            self.id = id
            encryption = Self.derived(from: master, for: "yuncang recipient encryption 1")
            merging = Self.derived(from: master, for: "yuncang recipient merging 1")
        }

        private static func derived(from master: SymmetricKey, for purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Array(purpose.utf8), outputByteCount: 32)
        }
    }

    /// The one that encrypts.
    let current: Key
    private let keys: [String: Key]

    /// Reads lines of `key_id:base64`, 32 bytes each; empty lines and those that begin with # are passed over.
    ///
    /// An id has 1 to 32 lower-case letters, digits, `_` and `-`. What is wrong is told by its line, without the line.
    public init(parsing text: String) throws(InvalidValue) {
        var keys: [String: Key] = [:]
        var last: Key?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.filter { $0 != " " && $0 != "\t" }
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let key = Self.key(line) else {
                throw .inLine(index + 1, .recipientKey)
            }
            guard keys.updateValue(key, forKey: key.id) == nil else {
                throw .inLine(index + 1, .repeatedRecipientKey)
            }
            last = key
        }
        guard let last else { throw .noRecipientKey }
        current = last
        self.keys = keys
    }

    private static func key(_ line: String) -> Key? {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, (1...32).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({ Array("abcdefghijklmnopqrstuvwxyz0123456789_-".utf8).contains($0) }),
            let bytes = Data(base64Encoded: parts[1]), bytes.count == 32
        else { return nil }
        return Key(id: parts[0], master: SymmetricKey(data: bytes))
    }

    /// The key of this id, if it is still there.
    subscript(id: String) -> Key? { keys[id] }
}
