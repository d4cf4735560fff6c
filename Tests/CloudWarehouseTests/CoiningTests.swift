import CloudWarehouse
import Testing

@Suite("Codes that an owner may give")
struct CoiningTests {
    @Test(
        "an owner's own code, a colon and a word",
        arguments: [
            ("pingan:taro", true), ("pingan:a-1/b", true), ("taro", false), ("pingan", false), ("pingan:", false),
            (":taro", false), ("ping:taro", false), ("pinganx:taro", false), ("Pingan:taro", false),
            ("pingan:x:taro", false), ("x:pingan:taro", false),
        ])
    func rule(sku: String, may: Bool) throws {
        #expect(try OwnerCode("pingan").mayCoin(try SKUCode(sku)) == may)
    }

    @Test("no code is in two owners' keeping, whatever stands in theirs")
    func one() throws {
        let owners = try ["a", "a:b", "a:b:c", ":", "b"].map { try OwnerCode($0) }
        for sku in try ["a:b:c:d", "a:b:c", "a:b", "::x", ":x"].map({ try SKUCode($0) }) {
            #expect(owners.filter { $0.mayCoin(sku) }.count <= 1, "\(sku)")
        }
    }
}
