/// A set of ASCII characters as two words of bits, so that asking costs a shift; bytes above 127 are never in it.
///
/// The words are literals, since a computed table would be initialised lazily and checked on every use. A test compares
/// them with the characters that the RFCs list.
struct ByteSet {
    let low: UInt64
    let high: UInt64

    /// RFC 9110, 5.6.2: what methods and field names are made of.
    static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }
    /// RFC 3986, 3.3: unreserved, sub-delims, ":", "@" and "/"; the percent sign is checked apart.
    static var path: ByteSet { ByteSet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// RFC 3986, 3.4: as in a path, and "?".
    static var query: ByteSet { ByteSet(low: 0xAFFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// RFC 3986, 3.2.2: unreserved and sub-delims; the percent sign is checked apart.
    static var registeredName: ByteSet { ByteSet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
    /// RFC 3986, 3.2.2: what stands between the brackets of an IPv6 address.
    static var addressLiteral: ByteSet { ByteSet(low: 0x07FF_4000_0000_0000, high: 0x0000_007E_0000_007E) }

    func contains(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
    }
}
