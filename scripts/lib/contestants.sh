# shellcheck shell=bash
# The servers that scripts/benchmarks set side by side: ours on a base with the demo's goods, and nginx answering the same
# bytes from its cache.
#
# Sets `folder`, `token`, `sku`, `answer` (a file with the bytes), `own_port`, `nginx_port`; `processes` are ended at the end.

: "${root:?}" "${YUNCANG_BENCH_OWNER_URL:?run this by scripts/bench, which starts a PostgreSQL for it}"
export YUNCANG_OWNER_URL=$YUNCANG_BENCH_OWNER_URL YUNCANG_DATABASE_URL=$YUNCANG_BENCH_SERVICE_URL
yuncang=${YUNCANG:-$(release_executable)}
folder=$(mktemp -d "${YUNCANG_BENCH_FOLDER:?}/contest.XXXXXX")
sku=tiangua-5jin
token=
answer=$folder/files/v1/stock/$sku
own_port=
nginx_port=
processes=()
trap end_contest EXIT

end_contest() {
    local process
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$folder"
}

# Makes a base named for the benchmark, with the demo's goods and a token.
prepare_contestants() {
    YUNCANG_BASE=$(basename "$0" .sh)-bench
    export YUNCANG_BASE
    "$yuncang" migrate >&2
    "$yuncang" base create "$YUNCANG_BASE" --name 竞赛 >&2
    "$yuncang" demo load >/dev/null
    token=$(token_text "$("$yuncang" token create --role host --name bench --json)")
}

# Waits until a stock check is answered there.
wait_for_answer() {
    local attempt
    for ((attempt = 0; attempt < 100; attempt++)); do
        ! curl -sf -H "Authorization: Bearer $token" -o "$folder/first" "http://127.0.0.1:$1/v1/stock/$sku" || return 0
        sleep 0.1
    done
    fail "nothing answers at port $1: $(tail -n 3 "$folder/errors")"
}

# Starts ours, and keeps its answer for the others.
start_yuncang() {
    own_port=$(free_port)
    "$yuncang" serve --listen "127.0.0.1:$own_port" --loops 1 >"$folder/errors" 2>&1 &
    processes+=("$!")
    wait_for_answer "$own_port"
    mkdir -p "$(dirname "$answer")"
    cp "$folder/first" "$answer"
}

start_nginx() {
    nginx_port=$(free_port)
    cat >"$folder/nginx.conf" <<END
daemon off;
master_process off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid $folder/nginx.pid;
error_log $folder/errors;
events { worker_connections 16384; }
http {
    access_log $folder/access.log combined buffer=64k;
    limit_req_zone \$binary_remote_addr zone=addresses:10m rate=1000000r/s;
    limit_req zone=addresses burst=1000000 nodelay;
    default_type application/json;
    open_file_cache max=100 inactive=1h;
    open_file_cache_valid 1h;
    keepalive_requests 1000000000;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    server {
        listen 127.0.0.1:$nginx_port backlog=1024;
        root $folder/files;
    }
}
END
    nginx -c "$folder/nginx.conf" -e "$folder/errors" &
    processes+=("$!")
    wait_for_answer "$nginx_port"
}
