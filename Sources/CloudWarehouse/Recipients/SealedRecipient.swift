import Crypto
import FoundationEssentials
import Postgres

/// A recipient as its row holds it.
struct SealedRecipient {
    let ciphertext: Bytea
    let keyID: String
    let mask: String
    let mergeKey: Bytea
    let region: String

    /// Encrypts (AES-256-GCM, a random nonce at the front) a recipient for one order: the order's id is authenticated with
    /// it, so that a ciphertext in another order's row does not open.
    init(_ recipient: Recipient, of order: ID<CustomerOrder>, under key: RecipientKeys.Key) {
        let text = Self.padded(Self.plaintext(recipient))
        guard
            let box = try? AES.GCM.seal(text, using: key.encryption, authenticating: Self.bytes(of: order)),
            let combined = box.combined
        else { preconditionFailure("AES-GCM does not encrypt under a key of 32 bytes") }
        ciphertext = Bytea(Array(combined))
        keyID = key.id
        mask = recipient.mask
        mergeKey = Bytea(
            Array(HMAC<SHA256>.authenticationCode(for: recipient.mergeText, using: key.merging)))
        region = recipient.region
    }

    /// The recipient that was encrypted for this order; nil for anything else.
    static func open(_ ciphertext: Bytea, of order: ID<CustomerOrder>, under key: RecipientKeys.Key) -> Recipient? {
        guard let box = try? AES.GCM.SealedBox(combined: ciphertext.bytes),
            let text = try? AES.GCM.open(box, using: key.encryption, authenticating: bytes(of: order))
        else { return nil }
        return recipient(Array(text))
    }

    private static func bytes(of order: ID<CustomerOrder>) -> [UInt8] {
        withUnsafeBytes(of: order.rawValue.uuid) { Array($0) }
    }

    // MARK: The plaintext: the version 1, then each field with its length in two bytes, then zeros

    private static func plaintext(_ recipient: Recipient) -> [UInt8] {
        var bytes: [UInt8] = [1]
        for field in [recipient.name, recipient.phone, recipient.region, recipient.address] {
            withUnsafeBytes(of: UInt16(field.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: field.utf8)
        }
        return bytes
    }

    /// Lengths are told in steps only: a name of two characters is not told from one of three.
    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64)
    }

    private static func recipient(_ bytes: [UInt8]) -> Recipient? {
        guard bytes.first == 1 else { return nil }
        var rest = bytes.dropFirst()
        var fields: [String] = []
        for _ in 0..<4 {
            guard rest.count >= 2 else { return nil }
            let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            guard rest.count >= count else { return nil }
            fields.append(String(decoding: rest.prefix(count), as: UTF8.self))
            rest = rest.dropFirst(count)
        }
        return Recipient(unchecked: (fields[0], fields[1], fields[2], fields[3]))
    }
}
