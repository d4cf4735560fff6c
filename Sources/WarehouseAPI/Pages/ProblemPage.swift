internal import HTTPServer
internal import HTTPTypes

/// A failure, for people with a browser.
struct ProblemPage: Sendable {
    let problem: Problem
    let language: PageLanguage

    /// The answer, with the problem's status and fields.
    var response: Response {
        let frame = PageFrame(
            title: title, language: language, path: "/", hasWayBack: true,
            content: "<p>\(advice[language])</p>\n<p class=\"quiet\">\(problem.code.rawValue)</p>")
        var response = frame.page.response(status: problem.status)
        for (name, value) in problem.fields { response.fields.append(name, value) }
        response.route = problem.route
        return response
    }

    private var title: PageText {
        switch problem.code {
        case .forbidden: PageText(en: "This is not for your role", zh: "您的角色无权查看")
        case .foreignOrigin: PageText(en: "This came from another site", zh: "请求来自其他网站")
        case .notFound: PageText(en: "There is no such thing", zh: "没有这一项")
        case .outcomeUnknown: PageText(en: "It may have happened", zh: "可能已经生效")
        case .busy, .unavailable, .tooManyRequests: PageText(en: "Not just now", zh: "暂时无法服务")
        default: PageText(en: "That did not work", zh: "操作没有成功")
        }
    }

    private var advice: PageText {
        switch problem.code {
        case .foreignOrigin:
            PageText(en: "Go back, open the page anew and try again from there.", zh: "请返回，重新打开页面后再操作。")
        case .outcomeUnknown:
            PageText(en: "Look whether it has taken effect before you try again.", zh: "请先查看是否已经生效，再决定是否重试。")
        case .busy, .unavailable, .tooManyRequests: PageText(en: "Try again in a moment.", zh: "请稍后再试。")
        default: PageText(en: "Go back and try again.", zh: "请返回后重试。")
        }
    }
}
