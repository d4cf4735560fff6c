import Postgres
import Testing

@testable import CloudWarehouse

@Suite("The text of a token")
struct TokenTextTests {
    private static let base = BaseKey(rawValue: "gao-qing2")!

    @Test("it names its base and prefix, holds 160 random bits, and nothing that a header or a shell would escape")
    func form() throws {
        let form = /gao-qing2\.[0-9a-hjkmnp-tv-z]{12}\.[0-9a-hjkmnp-tv-z]{32}/
        let texts = (0..<200).map { _ in TokenText(randomIn: Self.base) }
        for text in texts {
            #expect(text.revealed.wholeMatch(of: form) != nil)
            #expect(text.revealed.split(separator: ".")[1] == text.prefix.rawValue)
        }
        #expect(Set(texts.map(\.revealed)).count == 200)
        #expect(Set(texts.map(\.prefix)).count == 200)
        // Each of the 32 characters comes at each place, but for a chance of less than one in ten million.
        let secrets = texts.map { Array($0.revealed.utf8.suffix(32)) }
        for place in 0..<32 { #expect(Set(secrets.map { $0[place] }).count > 16) }
    }

    @Test("it is not shown by accident: neither printed, nor reflected, nor dumped, nor within something else")
    func hidden() {
        let text = TokenText(randomIn: Self.base)
        let secret = text.revealed.suffix(32)
        let token = Token(
            id: .sample, prefix: text.prefix, scope: try! TokenScope(role: .operator), name: .sample,
            kind: .program, family: nil, createdAt: .sample,
            expiresAt: nil, revokedAt: nil, lastUsedAt: nil, hasExpired: false)
        let issued = IssuedToken(token: token, text: text)
        var dumped = ""
        dump(issued, to: &dumped)
        for shown in ["\(text)", String(reflecting: text), "\(issued)", String(reflecting: issued), dumped] {
            #expect(!shown.contains(secret), "\(shown)")
            #expect(shown.contains(text.prefix.rawValue))
        }
    }

    @Test("it is found again in what its bearer sends")
    func presented() {
        let text = TokenText(randomIn: Self.base)
        let bytes = Array(text.revealed.utf8)
        let presented = PresentedToken(bytes[...], in: Self.base)
        #expect(presented.prefix == text.prefix)
        #expect(presented.digest.matches(text.digest))
        // As a part of something longer, which starts elsewhere.
        let padded = Array("Bearer ".utf8) + bytes + [0x20]
        #expect(PresentedToken(padded[7..<padded.count - 1], in: Self.base).prefix == text.prefix)
    }

    private static let prefix = "0123456789ab"
    private static let secret = "0123456789abcdefghjkmnpqrstvwxyz"

    private static let garbled: [String?] = [
        nil, "", ".", "..", "gao-qing2", "gao-qing2..", "gao-qing2.\(prefix)", "gao-qing2.\(prefix).",
        "gao-qing2.\(prefix).\(secret.dropLast())", "gao-qing2.\(prefix).\(secret)0", " gao-qing2.\(prefix).\(secret)",
        "gao-qing2.\(prefix).\(secret) ", "gao-qing.\(prefix).\(secret)", "gao-qing3.\(prefix).\(secret)",
        "Gao-qing2.\(prefix).\(secret)", "gao-qing2-\(prefix).\(secret)", "gao-qing2.\(prefix)-\(secret)",
        "gao-qing2.\(prefix.uppercased()).\(secret)", "gao-qing2.\(prefix).\(secret.uppercased())",
        "gao-qing2.\(prefix.dropLast())l.\(secret)", "gao-qing2.\(prefix).\(secret.dropLast())'",
        "gao-qing2.\(prefix).\(secret.dropLast())\0", "gao-qing2.\(prefix.dropLast())\u{E9}.\(secret.dropLast())",
        String(repeating: "x", count: 30_000),
    ]

    @Test("what is no token of the base names none, and is hashed all the same", arguments: garbled)
    func hashed(text: String?) {
        let bytes = text.map { Array($0.utf8) }
        let presented = PresentedToken(bytes?[...], in: Self.base)
        #expect(presented.prefix == nil)
        #expect(!presented.digest.matches(.none))
        #expect(presented.digest.matches(TokenDigest(of: (bytes ?? [])[...].prefix(128))))
    }

    @Test("a digest matches itself, and none that differs in any one bit")
    func digests() {
        let text = Array("gaoqing".utf8)
        let digest = TokenDigest(of: text[...])
        #expect(digest.matches(TokenDigest(of: text[...])))
        var bytes: [UInt8] = []
        digest.encode(into: &bytes)
        for bit in 0..<256 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            let other = try! bytes.withUnsafeBytes { buffer throws(DecodingFailure) in try TokenDigest(binary: buffer) }
            #expect(!digest.matches(other) && !other.matches(digest), "\(bit)")
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        #expect(throws: DecodingFailure.self) {
            try bytes.dropLast().withUnsafeBytes { buffer throws(DecodingFailure) in try TokenDigest(binary: buffer) }
        }
    }
}
