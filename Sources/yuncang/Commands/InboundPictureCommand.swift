internal import ArgumentParser
internal import CloudWarehouse
internal import Glibc
internal import JSON

/// `yuncang inbound picture <reference> --count <reference> <file>`
struct InboundPictureCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "picture",
            abstract: Text(en: "Keep a picture of what was counted, as evidence.", zh: "保存清点的照片，作为凭证。").current)
    }

    @Argument(help: ArgumentHelp(en: "What stands on the delivery's paper.", zh: "单据上的单号。"))
    var reference: String

    @Argument(
        help: ArgumentHelp(en: "A JPEG, PNG or WebP file of at most 2 MiB.", zh: "JPEG、PNG 或 WebP 文件，最大 2 MiB。"))
    var file: String

    @Option(
        help: ArgumentHelp(en: "The count, as it was called by --as.", zh: "清点的编号（当时的 --as）。", valueName: "reference"))
    var count: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try ReceiptReference(argument: reference)
        let count = try ReceiptReference(argument: count)
        let picture = try Picture(file: file)
        let kept = try await database.withBase(in: context) { base in
            try await base.stock.keep(picture, of: count, in: reference, by: .atTerminal(context.environment))
        }
        context.output.show(
            PictureDescription(reference: reference, picture: kept.picture, isRepeated: kept.isRepeated))
        return .success
    }
}

private struct PictureDescription: Presentable {
    let reference: ReceiptReference
    let picture: InboundPicture
    let isRepeated: Bool

    func show(on page: inout Page) {
        page.line(
            isRepeated
                ? Text(en: "it was kept already", zh: "此前已保存")
                : Text(en: "kept a picture of \(picture.count.rawValue)", zh: "已保存 \(picture.count.rawValue) 的照片"),
            .good)
        page.line(.verbatim(picture.digest.description), .quiet)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("digest", picture.digest.description)
        json.member("media_type", picture.kind.rawValue)
        json.member("bytes", Int64(picture.size))
        json.member("count", picture.count.rawValue)
        json.member("repeated", isRepeated)
        json.endObject()
    }
}

extension Picture {
    /// Reads a file, no further than a picture may be long.
    fileprivate init(file path: String) throws(CommandFailure) {
        guard let file = fopen(path, "re") else {
            throw CommandFailure(
                .badInput, what: Text(en: "\(path) cannot be read", zh: "无法读取 \(path)"), why: .system(errno))
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else {
            throw CommandFailure(
                .badInput, what: Text(en: "\(path) cannot be read", zh: "无法读取 \(path)"), why: .system(errno))
        }
        guard let picture = Picture(Array(bytes.prefix(count))) else {
            throw CommandFailure(
                .badInput, what: Text(en: "\(path) is no picture that can be kept", zh: "\(path) 不是可以保存的照片"),
                remedy: Text(en: "give a JPEG, PNG or WebP file of at most 2 MiB", zh: "请用 JPEG、PNG 或 WebP，最大 2 MiB"))
        }
        self = picture
    }
}
