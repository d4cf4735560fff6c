internal import CloudWarehouse
internal import JSON

/// Where a command reads who gets an order: a file, or standard input as `-`; never arguments, which everybody on the
/// machine can see.
struct RecipientFile {
    let path: String

    /// Reads `{"name":…,"phone":…,"region":…,"address":…}`. What is wrong is told without the recipient.
    func recipient() throws(CommandFailure) -> Recipient {
        let text: String
        do throws(SmallFile.Failure) {
            text = try SmallFile(path: path == "-" ? "/dev/stdin" : path).text()
        } catch {
            throw CommandFailure(
                .noInput, what: Text(en: "the recipient cannot be read", zh: "无法读取收件人"), why: error.text)
        }
        guard let object = try? JSONType<JSONValue>.any.read(Array(text.utf8)) else { throw Self.noRecipient }
        var fields: [String] = []
        for field in RecipientField.allCases {
            guard case .string(let value)? = object[field.rawValue] else { throw Self.noRecipient }
            fields.append(value)
        }
        do throws(InvalidValue) {
            return try Recipient(name: fields[0], phone: fields[1], region: fields[2], address: fields[3])
        } catch {
            throw CommandFailure(
                .badInput, what: Text(en: "the recipient is not valid", zh: "收件人无效"), why: error.text)
        }
    }

    private static var noRecipient: CommandFailure {
        CommandFailure(
            .badInput, what: Text(en: "this is no recipient", zh: "这不是收件人"),
            remedy: Text(
                en: #"write a JSON object of four texts: {"name":…,"phone":…,"region":…,"address":…}"#,
                zh: #"写成含四个文本的 JSON 对象：{"name":…,"phone":…,"region":…,"address":…}"#))
    }
}
