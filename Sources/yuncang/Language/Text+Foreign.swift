internal import Glibc

extension Text {
    /// The words of another program, which are in its own language: Chinese says that they are quoted.
    static func quoted(_ words: String) -> Text {
        Text(en: words, zh: "原文：\(words)")
    }

    /// What an error number of the system means, after what it is about.
    static func system(_ code: CInt, at place: String? = nil) -> Text {
        let prefix = place.map { (en: "\($0): ", zh: "\($0)：") } ?? (en: "", zh: "")
        let words = String(cString: strerror(code))
        return Text(en: prefix.en + words, zh: prefix.zh + (chinese(code) ?? "原文：\(words)"))
    }

    private static func chinese(_ code: CInt) -> String? {
        switch code {
        case ENOENT: "文件或文件夹不存在"
        case EACCES, EPERM: "没有权限"
        case EEXIST: "已经存在"
        case EISDIR: "这是文件夹"
        case ENOTDIR: "路径中有不是文件夹的部分"
        case ENOSPC, EDQUOT: "磁盘已满"
        case EROFS: "文件系统只读"
        case EMFILE, ENFILE: "打开的文件太多"
        case EADDRNOTAVAIL: "本机没有这个地址"
        case EIO: "读写出错"
        default: nil
        }
    }
}
