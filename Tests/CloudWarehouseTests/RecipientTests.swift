import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Recipients")
struct RecipientTests {
    @Test(
        "a mask hides most of the name and half of the number at least, and the whole address",
        arguments: [
            ("王小明", "13812345678", "王** 138****5678 浙江省杭州市西湖区"),
            ("王", "+86-13812345678", "** 861****5678 浙江省杭州市西湖区"),
            ("欧阳娜娜", "0571-8765432", "欧** 057****5432 浙江省杭州市西湖区"),
            ("John Smith", "8765432", "J** ****32 浙江省杭州市西湖区"),
            ("李雷", "12345", "李** ****45 浙江省杭州市西湖区"),
        ])
    func mask(name: String, phone: String, expected: String) throws {
        let recipient = try Recipient(name: name, phone: phone, region: "浙江省杭州市西湖区", address: "文三路 90 号")
        #expect(recipient.mask == expected)
        var dumped = ""
        dump(recipient, to: &dumped)
        for shown in ["\(recipient)", String(reflecting: recipient), String(describing: [recipient]), dumped] {
            #expect(shown.contains(expected))
            #expect(!shown.contains("文三路"), "\(shown)")
            #expect(!shown.contains(phone), "\(shown)")
        }
    }

    @Test("what breaks a rule is refused, and the refusal does not repeat it")
    func rules() throws {
        let fine = ["王小明", "13812345678", "浙江省", "文三路"]
        let wrong: [(Int, [String])] = [
            (0, ["", String(repeating: "王", count: 65), "王\n", "王\u{0}"]),
            (1, ["", "1234", "1234567890123456789012", "138 1234 5678", "１３８１２３４５６７８", "+-+-+", "1381234567x"]),
            (2, ["", String(repeating: "省", count: 101), "浙\u{1B}[2J"]),
            (3, ["", String(repeating: "路", count: 201), "a\u{9}b"]),
        ]
        for (index, texts) in wrong {
            for text in texts {
                var fields = fine
                fields[index] = text
                #expect {
                    try Recipient(name: fields[0], phone: fields[1], region: fields[2], address: fields[3])
                } throws: { error in
                    let told = "\(error)"
                    return error is InvalidValue && (text.isEmpty || !told.contains(text))
                }
            }
        }
        let longest = try Recipient(
            name: String(repeating: "王", count: 64), phone: "+8613812345678-12345",
            region: String(repeating: "省", count: 100), address: String(repeating: "路", count: 200))
        let order = ID<CustomerOrder>.sample
        let sealed = SealedRecipient(longest, of: order, under: Recipients.keys.current)
        #expect(SealedRecipient.open(sealed.ciphertext, of: order, under: Recipients.keys.current) == longest)
        #expect(sealed.mask.unicodeScalars.count <= 200 && sealed.ciphertext.bytes.count <= 4_096)
    }

    @Test("a ciphertext opens for its order and under its key, and for nothing else, and is never the same twice")
    func sealing() throws {
        var ids = IDGenerator(at: .sample)
        let (order, other) = (ids.next(CustomerOrder.self), ids.next(CustomerOrder.self))
        let key = Recipients.keys.current
        let sealed = SealedRecipient(Recipients.wang, of: order, under: key)
        #expect(SealedRecipient.open(sealed.ciphertext, of: order, under: key) == Recipients.wang)
        #expect(SealedRecipient.open(sealed.ciphertext, of: other, under: key) == nil, "rows cannot be swapped")
        #expect(SealedRecipient.open(sealed.ciphertext, of: order, under: Recipients.keys["old"]!) == nil)
        for index in sealed.ciphertext.bytes.indices {
            var changed = sealed.ciphertext
            changed.bytes[index] ^= 1
            #expect(SealedRecipient.open(changed, of: order, under: key) == nil)
        }
        #expect(SealedRecipient.open(Bytea([]), of: order, under: key) == nil)
        #expect(SealedRecipient(Recipients.wang, of: order, under: key).ciphertext != sealed.ciphertext)
        // Neighbouring lengths do not differ in the row.
        let li = SealedRecipient(Recipients.li, of: order, under: key)
        #expect((li.ciphertext.bytes.count - 28) % 64 == 0)
    }

    @Test("one person at one place has one merge key however it is spelled, and every other has another")
    func merging() throws {
        func mergeKey(
            _ name: String = "王小明", _ phone: String = "13812345678", _ region: String = "浙江省杭州市",
            _ address: String = "文三路90号", key: RecipientKeys.Key = Recipients.keys.current
        ) throws -> Bytea {
            let recipient = try Recipient(name: name, phone: phone, region: region, address: address)
            return SealedRecipient(recipient, of: .sample, under: key).mergeKey
        }
        let known = try mergeKey()
        #expect(try mergeKey("王 小明", "+86-138-1234-5678", "浙江省 杭州市", "文三路，90号。") == known)
        #expect(try mergeKey("王小", "13812345678") != known)
        #expect(try mergeKey("王小明", "13812345679") != known)
        #expect(try mergeKey("王小明", "13812345678", "浙江省杭州市", "文三路9号") != known)
        #expect(try mergeKey("王小明1", "3812345678") != known, "fields do not run into each other")
        #expect(try mergeKey(key: Recipients.keys["old"]!) != known)
        #expect(known.bytes.count == 32)
    }

    @Test("the last key encrypts, all of them decrypt, and a wrong line is told by its number alone")
    func keys() throws {
        #expect(Recipients.keys.current.id == "2026-11")
        #expect(Recipients.keys["old"] != nil && Recipients.keys["new"] == nil)
        let good = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        for (text, line) in [
            ("a:AAAA", 1), ("\n\(good)\nb:geheim", 3), ("\(good)\n\(good)", 2),
            ("A:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1),
            (":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1), ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1),
        ] {
            #expect { try RecipientKeys(parsing: text) } throws: { error in
                "\(error)".hasPrefix("line \(line): ") && !"\(error)".contains("geheim") && !"\(error)".contains("AAAA")
            }
        }
        #expect(throws: InvalidValue.self) { try RecipientKeys(parsing: "# none\n") }
        #expect(try RecipientKeys(parsing: "\(good)\r\n").current.id == "a")
    }
}
