#!/usr/bin/env bash
# Drives the sandbox with the vendors' own clients. Needs node and the .NET SDK; starts the sandbox on free ports and stops it again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
pid=

stop() {
  if [ -n "$pid" ]; then
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT

dotnet build "$root/src/CrmSync.Sandbox" -v q >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
program=$(dotnet msbuild "$root/src/CrmSync.Sandbox" -getProperty:TargetPath)
dotnet "$program" --seed 1 >"$work/sandbox.log" 2>&1 &
pid=$!

control=
for _ in $(seq 1 100); do
  control=$(sed -n 's/^Sandbox ready: control \([^ ]*\).*/\1/p' "$work/sandbox.log")
  [ -n "$control" ] && break
  sleep 0.1
done
[ -n "$control" ] || { cat "$work/sandbox.log"; exit 1; }

status=0
passed=0
failed=0
skipped=0
for client in "$here"/*/; do
  name=$(basename "$client")
  [ -f "$client/package.json" ] || continue
  (cd "$client" && npm ci --no-audit --no-fund --loglevel=error) >"$work/npm.log" 2>&1 || { cat "$work/npm.log"; exit 1; }
  (cd "$client" && SANDBOX_CONTROL="$control" node --test --test-reporter=tap run.mjs) >"$work/$name.log" 2>&1 || { status=1; cat "$work/$name.log"; }
  count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$work/$name.log" | tail -1; }
  p=$(count pass); f=$(count fail); s=$(count skipped)
  echo "$name: ${p:-0} passed, ${f:-0} failed, ${s:-0} skipped"
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); skipped=$((skipped + ${s:-0}))
done
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
