internal import CloudWarehouse
internal import QRCode

/// A code for another device, to be photographed or typed.
struct DevicePage: Sendable {
    let code: IssuedSignInCode
    /// The page that takes it, with the code behind the `#`.
    let address: String
    let language: PageLanguage

    var page: PersonPage {
        let help = PageText(
            en:
                "Photograph it with the other device, or open this site there and type the code. It is good once, for ten minutes.",
            zh: "用另一台设备扫描，或在那里打开本站并输入登录码。十分钟内有效，只能用一次。")[language]
        return PageFrame(
            title: PageText(en: "Sign in another device", zh: "在另一台设备上登录"), language: language, path: "/",
            scripts: [EntrancePages.script], hasWayBack: true,
            content: """
                <div class="card">\(picture)
                <p class="code" id="device-code">\(code.text.revealed)</p>
                <p>\(help)</p></div>
                """
        ).page
    }

    private var picture: HTML {
        guard let drawing = QRCode(address) else { return .empty }
        let side = drawing.size + 2 * QRCode.margin
        let label = PageText(en: "The code as a picture", zh: "登录码的二维码")[language]
        return """
            <svg class="qr" role="img" aria-label="\(label)" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges">\
            <path d="\(drawing.path)"/></svg>
            """
    }
}
