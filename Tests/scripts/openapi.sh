#!/usr/bin/env bash
# The OpenAPI document of a served base, as others judge it: openapi-spec-validator says whether it is one, jsonschema
# whether its examples keep their schemas, a shell whether the examples of /docs work, and schemathesis whether the base
# answers as the document says, to much that nobody would send.
#
# YUNCANG_EXECUTABLE is the yuncang that serves, the debug build unless given; YUNCANG_TEST_PYTHON a Python that has the
# packages already; YUNCANG_TEST_EXAMPLES how much schemathesis tries of each route, 12 unless given, and YUNCANG_TEST_SECONDS
# for how long, 40 unless given.

set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support/served.sh"

# Asks schemathesis with the token of that role. What a check means is told in its documentation; the ones left out would
# have valid requests succeed (an order for a SKU of an invented name does not) and invented tokens be of another's making.
explore() {
    local role=$1 seconds=${YUNCANG_TEST_SECONDS:-40}
    cd "$throwaway" && timeout "$((seconds + 80))" "$schemathesis" run "$address/openapi.json" \
        --header "Authorization: Bearer $(<"$throwaway/tokens/$role")" \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,negative_data_rejection,unsupported_method,ignored_auth \
        --max-examples "${YUNCANG_TEST_EXAMPLES:-12}" --max-time "$seconds" \
        --phases coverage,fuzzing --workers 1 \
        --generation-database none --request-timeout 20 --seed "${YUNCANG_TEST_SEED:-20261123}" --no-color
}

# The key of an overlay that shows what the demo base sells.
overlay_key() {
    run_yuncang yuncang_service overlay create tiangua-5jin --name test --url "$address" --json \
        | sed -n 's/.*#key=\([^"]*\)".*/\1/p'
}

# Of what schemathesis sends, much shows no token: it would be taken for somebody who guesses.
serve_options=(--failed-sign-ins 0)
serve_demo
use_python 'openapi-spec-validator==0.9.0' 'openapi-schema-validator==0.9.0' 'schemathesis==4.32.5'
schemathesis=${python%/*}/schemathesis
it "the document is OpenAPI 3.1, and each of its examples keeps its schema" \
    "$python" "$support/openapi.py" document "$address"
it "the commands of the page work, in English and in Chinese, in the order in which they stand" \
    env TOKEN="$(<"$throwaway/tokens/operator")" KEY="$(overlay_key)" "$python" "$support/openapi.py" commands "$address"
it "an operator's requests of all kinds are answered as the document says" explore operator
