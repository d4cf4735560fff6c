extension Exercise {
    /// Steps of loadings that are refused, each for a reason of its own.
    static var loadingSteps: [Question] {
        func step(_ body: String, of reference: String = "XH-20261123-01") -> Question {
            .post(body, to: "/v1/loadings/\(reference)/steps")
        }
        func plan(_ kind: String, at warehouse: String, _ more: String = "") -> String {
            #"{"event":"plan","plan":{"kind":"\#(kind)","warehouse":"\#(warehouse)"\#(more)}}"#
        }
        let nowhere = #","subject":{"kind":"inbound","reference":"nowhere"}"#
        return [
            step(#"{"event":"cancel"}"#, of: "nowhere"), step(plan("unload", at: "x"), of: "new"),
            step(plan("load", at: "main")), step(plan("unload", at: "main", nowhere), of: "new"),
            step(#"{"event":"finish","finish":{"pieces":1}}"#), step(#"{"event":"finish","finish":{}}"#),
            step(
                #"{"event":"start","start":{"workers":[{"name":"张三","employment":"staff"}],"at":"2099-01-01T00:00:00Z"}}"#
            ),
            step(#"{"event":"start","start":{"workers":[]}}"#),
        ]
    }
}
