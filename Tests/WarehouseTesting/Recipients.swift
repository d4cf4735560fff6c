package import CloudWarehouse

/// Who gets parcels in tests, and the keys under which they are encrypted there.
package enum Recipients {
    /// One old key, and the one that encrypts.
    package static let keyFile = """
        # keys of the tests
        old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        2026-11:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=

        """
    package static let keys = try! RecipientKeys(parsing: keyFile)

    package static let wang = try! Recipient(
        name: "王小明", phone: "+86-13812345678", region: "浙江省杭州市西湖区", address: "文三路 90 号 3 幢 502")
    package static let li = try! Recipient(
        name: "李雷", phone: "0571-8765432", region: "山东省淄博市高青县", address: "田镇街道 1 号")
}
