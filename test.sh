#!/usr/bin/env bash
# Builds, runs every test that belongs to a change, and prints "N passed, N failed, N skipped" as its last line.
# With --chaos: the long runs under faults instead, with their figures at the end: hours on two cores (CRMSYNC_CRM=hubspot: two and more).
# With --chaos --brief: the same runs, each with fewer seeds, restores and kills (about 20 minutes on two cores).
# With --container: builds the image and runs it as it is to be run, instead (minutes).
# Needs the .NET 10 SDK; what else it needs it installs by itself on Debian and Ubuntu.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Programs that live for minutes: what the runtime spends on getting faster later, and on waiting busily, is a quarter of their time.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0

need() { # command, package
  command -v "$1" >/dev/null 2>&1 && return
  echo "installing $2 ..."
  local as_root=""; [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

command -v dotnet >/dev/null 2>&1 || { echo "The .NET 10 SDK is missing: install it first."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
[ "${1:-}" = --container ] && exec bash tests/container/run.sh
need node nodejs
need npm npm

# Of Prometheus only the tool that checks alert rules: its package would start the server. Without it those tests are skipped.
tools=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/crmsync-tools
fetch_promtool() {
  mkdir -p "$tools" && cd "$tools" || return
  apt-get download -qq prometheus || { apt-get update -qq; apt-get download -qq prometheus; } || return
  dpkg-deb -x prometheus_*.deb . && rm -rf prometheus_*.deb usr/bin/prometheus usr/share etc lib var
}
if ! command -v promtool >/dev/null 2>&1; then
  [ -x "$tools/usr/bin/promtool" ] || (fetch_promtool) >/dev/null 2>&1
  PATH=$PATH:$tools/usr/bin
fi

passed=0 failed=0 skipped=0
count() { # passed, failed, skipped
  passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3))
}

# The vendors' own descriptions of their APIs are not ours to ship; where they lie beside this folder, answers are held against them.
if [ -z "${CRMSYNC_SPECS:-}" ] && [ -d ../shared/specs ]; then
  export CRMSYNC_SPECS; CRMSYNC_SPECS=$(cd ../shared/specs && pwd)
fi

# The long runs are of the program as it is shipped.
configuration=Debug
[ "${1:-}" = --chaos ] && configuration=Release

echo "== restore and build"
if ! { dotnet restore CrmSync.sln --locked-mode && dotnet build CrmSync.sln --no-restore -c "$configuration" -v q; }; then
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
run() { # project and further arguments
  dotnet test --no-build --no-progress -c "$configuration" --project "$@" 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]} p f s
  read -r p f s < <(awk '/^ *failed: *[0-9]/{f=$2}/^ *succeeded: *[0-9]/{p=$2}/^ *skipped: *[0-9]/{s=$2} END{print p+0, f+0, s+0}' "$log")
  # A run that ended badly without a failed test (a crash, no test found) is a failure all the same.
  [ "$status" -ne 0 ] && [ "$f" -eq 0 ] && f=1
  count "$p" "$f" "$s"
}
total() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}

# A worker that dies inside a test takes nothing from the machine with it: its store may lie in memory, where there is room
# (a container has 64 MB of it unless it is told otherwise), and thousands of stores need not wait for a disk each.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${room:-0}" -gt 2000000 ]; then stores=$(mktemp -d -p /dev/shm); else stores=$(mktemp -d); fi
trap 'rm -rf "$log" "$stores"' EXIT

if [ "${1:-}" = --chaos ]; then
  if [ "${2:-}" = --brief ]; then
    export CRMSYNC_SEEDS=${CRMSYNC_SEEDS:-2} CRMSYNC_RESTORES=${CRMSYNC_RESTORES:-10} CRMSYNC_KILLS=${CRMSYNC_KILLS:-10}
  fi
  export CRMSYNC_FIGURES; CRMSYNC_FIGURES=$(mktemp)
  trap 'rm -rf "$log" "$CRMSYNC_FIGURES" "$stores"' EXIT
  echo "== under faults, the long runs"
  # Four seeds in one process wait for each other's garbage: a heap for each core takes a fifth off the time.
  TMPDIR=$stores CRMSYNC_CHAOS=1 DOTNET_gcServer=1 run tests/CrmSync.Chaos --output Detailed
  echo "== kill -9 of the built program, and what disks do to it"
  CRMSYNC_KILLS=${CRMSYNC_KILLS:-200} run tests/CrmSync.Tests --output Detailed -- --filter-class "*.KillTests" --filter-class "*.StoreFaultTests"
  echo "== figures"
  cat "$CRMSYNC_FIGURES"
  total
fi

echo "== tests"
TMPDIR=$stores run tests/CrmSync.Tests

echo "== under faults"
TMPDIR=$stores run tests/CrmSync.Chaos

echo "== the vendors' own clients"
bash tests/official-clients/run.sh 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
read -r p f s < <(tail -n 1 "$log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
p=${p:-0} f=${f:-0} s=${s:-0}
[ "$status" -ne 0 ] && [ "$f" -eq 0 ] && f=1
[ "$((p + f))" -eq 0 ] && f=1
count "$p" "$f" "$s"

total
