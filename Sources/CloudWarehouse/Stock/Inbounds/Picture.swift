import Crypto
public import Postgres

/// What a picture is made as.
public enum PictureKind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// As cameras make them.
    case jpeg = "image/jpeg"
    /// As screens are photographed.
    case png = "image/png"
    /// As chat programs pass them on.
    case webp = "image/webp"

    /// What the first bytes say; nil for anything else, whatever somebody called it.
    init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.count >= 12, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }
}

/// A picture that somebody took of goods: JPEG, PNG or WebP, at most ``maximumBytes``. It is kept as it is, and never opened.
public struct Picture: Hashable, Sendable {
    /// 2 MiB.
    public static let maximumBytes = 2 << 20
    /// The most pictures of one count.
    public static let mostOfCount: Int64 = 20

    /// The file.
    public let bytes: [UInt8]
    /// What it is.
    public let kind: PictureKind
    /// By which it is known.
    public let digest: PictureDigest

    /// Takes a picture, or nothing when it is none or too large.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.maximumBytes, let kind = PictureKind(of: bytes) else { return nil }
        self.init(bytes: bytes, kind: kind, digest: PictureDigest(of: bytes))
    }

    /// One that was taken before.
    init(bytes: [UInt8], kind: PictureKind, digest: PictureDigest) {
        self.bytes = bytes
        self.kind = kind
        self.digest = digest
    }
}

/// The SHA-256 of a picture's bytes, by which it is known: 64 hexadecimal digits.
public struct PictureDigest: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// That of zeros.
    public static let sample = PictureDigest(unchecked: Bytea([UInt8](repeating: 0, count: 32)))

    /// The 32 bytes.
    public let rawValue: Bytea

    /// Takes 32 bytes, or nothing.
    public init?(rawValue: Bytea) {
        guard rawValue.bytes.count == 32 else { return nil }
        self.rawValue = rawValue
    }

    /// Reads 64 lower-case digits; nil for anything else.
    public init?(_ text: String) {
        let digits = text.utf8.compactMap { digit -> UInt8? in
            switch digit {
            case 48...57: digit - 48
            case 97...102: digit - 87
            default: nil
            }
        }
        guard text.utf8.count == 64, digits.count == 64 else { return nil }
        self.init(unchecked: Bytea(stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }))
    }

    init(of bytes: [UInt8]) {
        self.init(unchecked: Bytea(Array(SHA256.hash(data: bytes))))
    }

    private init(unchecked rawValue: Bytea) {
        self.rawValue = rawValue
    }
}

extension PictureDigest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String {
        rawValue.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// A picture of a count, without its bytes.
public struct InboundPicture: Hashable, Sendable {
    /// By which it is known.
    public let digest: PictureDigest
    /// What it is.
    public let kind: PictureKind
    /// How many bytes it has.
    public let size: Int32
    /// Of which count.
    public let count: ReceiptReference

    /// A picture with these fields.
    public init(digest: PictureDigest, kind: PictureKind, size: Int32, count: ReceiptReference) {
        self.digest = digest
        self.kind = kind
        self.size = size
        self.count = count
    }
}
