import CloudWarehouse
import Postgres
import WarehouseTesting

extension Exercise {
    /// What the base, and not the form, refuses or answers otherwise of waves and parcels.
    func fulfilment(_ operation: String) -> [Question] {
        func plan(_ code: String, _ terms: String) -> Question {
            .post(#"{"code":"\#(code)","terms":{"kind":"single",\#(terms)}}"#, to: "/v1/waves")
        }
        func step(_ event: String, of wave: String = "W-1201") -> Question {
            .post(#"{"event":"\#(event)"}"#, to: "/v1/waves/\(wave)/steps")
        }
        func pick(_ reference: String, at location: String, _ more: String = "") -> Question {
            .post(
                #"{"reference":"\#(reference)","location":"\#(location)","lot":"\#(lot)"\#(more)}"#,
                to: "/v1/waves/W-1201/picks")
        }
        func parcels(_ event: String, _ scan: String, _ more: String = "") -> Question {
            .post(#"{"event":"\#(event)","scans":[\#(scan)]\#(more)}"#, to: "/v1/parcels/steps")
        }
        let second = #"{"scan":"W-1201-2"}"#
        return switch operation {
        case "planWave":
            [
                plan("W-1", #""warehouse":"x""#), plan("W-2", #""warehouse":"main","packing":"x""#),
                plan("W-3", #""warehouse":"main","packing":"A-01""#),
                plan("W-4", #""warehouse":"main","packing":"PX-01""#),
                plan("W-5", #""warehouse":"main","region":"火星""#), plan("W-1201", #""warehouse":"main","region":"火星""#),
            ]
        case "previewWave": [.post(#"{"kind":"multi","warehouse":"x"}"#, to: "/v1/wave-previews")]
        case "stepWave": [step("cancel"), step("close"), step("close", of: "nowhere")]
        case "pickForWave":
            [
                .post(#"{"reference":"p1","location":"C-01","lot":"\#(lot)"}"#, to: "/v1/waves/W-1202/picks"),
                pick("p2", at: "C-01"), pick("p3", at: "x"), pick("p1", at: "A-01"),
                pick("p1", at: "C-01", #","found":0"#),
            ]
        case "stepParcels":
            [
                parcels("pack", #"{"scan":"W-1201-2","weighed_grams":1},{"scan":"W-1201-9"}"#),
                parcels("hand_over", second), parcels("hand_over", second, #","manifest":"JJ-1201","carrier":"中通""#),
                parcels("number", second), parcels("number", second, #","carrier":"EMS""#),
                parcels("number", #"{"scan":"W-1201-2","tracking":"RA473124828CN"}"#, #","carrier":"EMS""#),
                parcels("relabel", second), parcels("dissolve", second, #","location":"x""#),
                parcels("dissolve", second, #","location":"P-01""#),
                parcels("dissolve", second, #","location":"X-01""#),
                parcels("hand_over", second, #","manifest":"JJ-1201""#), parcels("dissolve", second),
            ]
        default: []
        }
    }
}
