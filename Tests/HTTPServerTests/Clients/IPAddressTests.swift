import Testing

@testable import HTTPServer

@Suite("Addresses and networks")
struct IPAddressTests {
    @Test(
        "an address is read, and written as people write it",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("2001:DB8:0:0::1", "2001:db8::1"), ("::", "::"), ("::1", "::1"), ("fe80::1:2", "fe80::1:2"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("::ffff:c000:201", "192.0.2.1"),
            ("2001:0db8:1111:2222:3333:4444:5555:6666", "2001:db8:1111:2222:3333:4444:5555:6666"),
        ])
    func addresses(text: String, written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == written)
        #expect(IPAddress(written) == address)
    }

    @Test(
        "anything else is no address",
        arguments: [
            "", "1", "localhost", "192.0.2", "192.0.2.256", "192.0.2.1.1", "0192.0.2.1", "192.0.2.1:80", " 192.0.2.1",
            "[::1]", "::1%lo", "::1/64", "12345::", ":::", "1::2::3", "192.0.2.1\0", "١.١.١.١",
            String(repeating: "0", count: 46),
        ])
    func noAddresses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("this machine itself is known in every form")
    func loopback() {
        let own = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"]
        for text in own { #expect(IPAddress(text)?.isLoopback == true, "\(text)") }
        let others = ["128.0.0.1", "::", "::2", "7f00::1", "1::1"]
        for text in others { #expect(IPAddress(text)?.isLoopback == false, "\(text)") }
    }

    @Test("an IPv6 address stands for its /64, an IPv4 address for itself")
    func sites() {
        #expect(IPAddress("2001:db8:1:2:3:4:5:6")?.site == IPAddress("2001:db8:1:2::"))
        #expect(IPAddress("2001:db8:1:2::1")?.site != IPAddress("2001:db8:1:3::1")?.site)
        #expect(IPAddress("192.0.2.1")?.site != IPAddress("192.0.2.2")?.site)
    }

    @Test(
        "a network contains its own addresses and no others",
        arguments: [
            ("10.0.0.0/8", ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3"], ["11.0.0.0", "9.255.255.255"]),
            ("10.0.0.0/7", ["10.0.0.0", "11.255.255.255"], ["12.0.0.0", "::a00:1"]),
            ("0.0.0.0/0", ["1.2.3.4", "255.255.255.255"], ["::1", "2001:db8::1"]),
            ("::/0", ["::1", "2001:db8::1"], ["1.2.3.4", "::ffff:1.2.3.4"]),
            ("192.0.2.7", ["192.0.2.7"], ["192.0.2.6", "192.0.2.8"]),
            ("192.0.2.128/25", ["192.0.2.128", "192.0.2.255"], ["192.0.2.127"]),
            ("fd00::/8", ["fd00::1", "fdff::"], ["fc00::1", "fe00::"]),
            ("2001:db8:0:1::/64", ["2001:db8:0:1:ffff::"], ["2001:db8:0:2::", "2001:db8::"]),
            ("2001:db8::8000:0:0:0/65", ["2001:db8::8000:0:0:1"], ["2001:db8::7fff:0:0:1"]),
            ("::1", ["::1"], ["::2", "127.0.0.1"]), ("::ffff:10.0.0.0/8", ["10.1.1.1"], ["11.1.1.1"]),
        ])
    func networks(text: String, inside: [String], outside: [String]) throws {
        let range = try #require(AddressRange(text))
        #expect(AddressRange(range.description) == range)
        for address in inside { #expect(range.contains(try #require(IPAddress(address))), "\(address) in \(range)") }
        for address in outside { #expect(!range.contains(try #require(IPAddress(address))), "\(address) in \(range)") }
    }

    @Test(
        "what is no network, or means another one, is refused",
        arguments: [
            "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8",
            "10.0.0.1/8", "fd00::1/64", "::/129", "::/0000", "example.org/8", "10/8",
        ])
    func noNetworks(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
