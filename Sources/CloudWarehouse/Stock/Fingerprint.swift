import Crypto
import Postgres

/// The SHA-256 of what a request says, by which a repetition is told from another request under the same reference.
///
/// It is taken over the values, not over the bytes that carried them: spaces and the order of a JSON object's members do
/// not matter. Nothing of a recipient goes into it.
struct Fingerprint: RawRepresentable, Hashable, Sendable, PostgresCodable {
    static let sample = Fingerprint(unchecked: Bytea([UInt8](repeating: 0, count: 32)))

    let rawValue: Bytea

    init?(rawValue: Bytea) {
        guard rawValue.bytes.count == 32 else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: Bytea) {
        self.rawValue = rawValue
    }

    /// The fingerprint of what `write` writes.
    init(_ write: (inout Transcript) -> Void) {
        var transcript = Transcript()
        write(&transcript)
        self.init(unchecked: Bytea(Array(SHA256.hash(data: transcript.bytes))))
    }

    /// Values one after the other, each with its length, so that no two sequences of values read the same.
    struct Transcript {
        fileprivate var bytes: [UInt8] = []

        mutating func append(_ text: String) {
            append(Int64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }

        mutating func append(_ number: Int64) {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }

        /// A value that may be missing: 0, or 1 and the value.
        mutating func append<Value>(_ value: Value?, _ write: (inout Transcript, Value) -> Void) {
            bytes.append(value == nil ? 0 : 1)
            if let value { write(&self, value) }
        }
    }
}
