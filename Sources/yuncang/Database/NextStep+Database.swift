extension NextStep {
    /// `yuncang doctor`
    static var doctor: NextStep {
        NextStep(
            command: "yuncang doctor",
            purpose: Text(en: "what is wrong with this installation", zh: "检查安装有什么问题"))
    }

    /// `yuncang migrate`
    static var migrate: NextStep {
        NextStep(
            command: "yuncang migrate", purpose: Text(en: "as the schema's owner", zh: "以 schema 所有者的身份"))
    }

    /// `yuncang maintain`
    static var maintain: NextStep {
        NextStep(
            command: "yuncang maintain", purpose: Text(en: "as the schema's owner", zh: "以 schema 所有者的身份"))
    }

    /// `yuncang base create`
    static func createBase(key: String) -> NextStep {
        NextStep(
            command: "yuncang base create \(key) --name NAME",
            purpose: Text(en: "as the schema's owner", zh: "以 schema 所有者的身份"))
    }

    /// `yuncang base list`
    static var listBases: NextStep {
        NextStep(command: "yuncang base list", purpose: Text(en: "the bases that there are", zh: "查看现有的直播基地"))
    }
}
