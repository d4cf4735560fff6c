/// How the text of a file is stored.
public enum TextEncoding: String, CaseIterable, Hashable, Sendable {
    /// With or without a byte order mark.
    case utf8
    /// The Chinese national standard, which includes GBK and GB 2312: what Excel in China saves.
    case gb18030
}
