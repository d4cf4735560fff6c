import Glibc

/// The real files of a greengrocer, which are not part of the repository.
enum SampleData {
    /// Said when the files are not there, so that a skipped test is not taken for a passed one.
    static let absent = "no sample data: set YUNCANG_SAMPLE_DATA or put it at ../shared/data beside the repository"

    /// The folder that holds the files, if there is one.
    static let folder: String? = {
        let beside = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared/data"
        let candidates = [getenv("YUNCANG_SAMPLE_DATA").map { String(cString: $0) }, beside]
        return candidates.compactMap(\.self).first { access($0 + "/produce-catalog.csv", R_OK) == 0 }
    }()

    static var isThere: Bool { folder != nil }

    static func path(_ name: String) -> String { (folder ?? "") + "/" + name }
}
