import FoundationEssentials
import Glibc
import QRCode
import Testing

@Suite("QR codes")
struct QRCodeTests {
    /// The longest text of each version, and the shortest.
    private static let capacities = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213]

    @Test("each version holds what the standard says, and no byte more")
    func capacity() throws {
        for (index, capacity) in Self.capacities.enumerated() {
            #expect(try #require(QRCode(String(repeating: "x", count: capacity))).size == 21 + 4 * index)
        }
        #expect(QRCode("")?.size == 21)
        #expect(QRCode(String(repeating: "x", count: 214)) == nil)
        #expect(QRCode(String(repeating: "瓜", count: 71))?.size == 57)
        #expect(QRCode(String(repeating: "瓜", count: 72)) == nil)
    }

    @Test("what is drawn for a terminal and for a page is the same code")
    func drawings() throws {
        let code = try #require(QRCode("https://example.cn/#code=7K3Q2-M9XWT"))
        let lines = code.lines
        #expect(lines.count == (code.size + 2 * QRCode.margin + 1) / 2)
        #expect(lines.allSatisfy { $0.count == code.size + 2 * QRCode.margin })
        #expect(lines[0].allSatisfy { $0 == "█" }, "the margin is light")
        var dark = 0
        for row in 0..<code.size { for column in 0..<code.size where code[column, row] { dark += 1 } }
        let drawn = code.path.split(separator: "h").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
        #expect(drawn.reduce(0, +) == dark)
        #expect(!code[-1, 0] && !code[0, code.size])
    }

    private static let texts =
        capacities.map { String(String(repeating: "a1-B", count: ($0 + 3) / 4).prefix($0)) } + [
            "1", "https://base.example.cn/#code=7K3Q2-M9XWT",
        ]

    private static let reader = (["/usr/bin/zbarimg", "/usr/local/bin/zbarimg"] as [String]).first {
        access($0, X_OK) == 0
    }

    @Test(
        "another's reader reads what was written, in every version",
        .enabled(if: reader != nil, "zbarimg is not installed"),
        arguments: texts)
    func read(text: String) throws {
        let code = try #require(QRCode(text))
        let image = "/tmp/qr-\(UUID().uuidString).pbm"
        defer { unlink(image) }
        // Black is 1 in a bitmap; four pixels to a module.
        let side = code.size + 2 * QRCode.margin
        let rows = (0..<4 * side).map { y in
            (0..<4 * side).map { x in code[x / 4 - QRCode.margin, y / 4 - QRCode.margin] ? "1" : "0" }.joined(
                separator: " ")
        }
        try Data("P1\n\(4 * side) \(4 * side)\n\(rows.joined(separator: "\n"))\n".utf8).write(to: URL(filePath: image))
        #expect(try Self.output(of: "\(Self.reader ?? "") -q --raw -Sdisable -Sqrcode.enable \(image)") == text + "\n")
    }

    /// What a command prints.
    private static func output(of command: String) throws -> String {
        let pipe = try #require(popen(command, "r"))
        var (bytes, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 4_096))
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        #expect(pclose(pipe) == 0)
        return String(decoding: bytes, as: UTF8.self)
    }
}
