# Where no Docker engine answers: buildah, podman and runc, and two base images made here under the vendor's names. They are
# stand-ins: Debian with the .NET of this machine. The runtime's has no shell and no tools, as the real one has none.
# Needs root. Sourced by run.sh; $work is an empty directory.

standin_tools() {
  local missing=() tool
  for tool in buildah podman runc debootstrap; do command -v "$tool" >/dev/null 2>&1 || missing+=("$tool"); done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing ${missing[*]} ..."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The trees are kept from run to run: they hold nothing of the project.
standin_tree() {
  local cache=${CRMSYNC_STANDIN:-/var/tmp/crmsync-standin}
  tree=$cache/bookworm
  [ -f "$tree.done" ] && return
  mkdir -p "$cache" && rm -rf "$tree"
  debootstrap --variant=minbase --include=ca-certificates,tzdata,libssl3,zlib1g,libicu72,libstdc++6,libgcc-s1 bookworm "$tree" >"$work/debootstrap.log" 2>&1 \
    && touch "$tree.done" || { tail -n 5 "$work/debootstrap.log"; return 1; }
}

standin_image() { # name, sdk or runtime
  local container mounted dotnet
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  container=$(buildah "${storage[@]}" from scratch) && mounted=$(buildah "${storage[@]}" mount "$container") || return 1
  cp -a "$tree/." "$mounted/" && mkdir -p "$mounted/usr/share/dotnet" "$mounted/app" || return 1
  cp -a "$dotnet"/{dotnet,host,shared} "$mounted/usr/share/dotnet/" || return 1
  chroot "$mounted" groupadd -g 1654 app && chroot "$mounted" useradd -l -u 1654 -g 1654 -m -s /bin/false app || return 1
  if [ "$2" = sdk ]; then
    # This machine's own authorities, by which it reaches its package source.
    cp -L --remove-destination /etc/ssl/certs/ca-certificates.crt "$mounted/etc/ssl/certs/"
    cp -a "$dotnet"/{sdk,sdk-manifests,packs,templates} "$mounted/usr/share/dotnet/"
  else
    # As in the real one, nothing is left to run but the program.
    rm -rf "$mounted"/usr/{bin,sbin}/* "$mounted"/var/lib/{apt,dpkg} "$mounted"/usr/share/{perl,doc}
  fi
  ln -sf /usr/share/dotnet/dotnet "$mounted/usr/bin/dotnet"
  buildah "${storage[@]}" umount "$container" >/dev/null
  buildah "${storage[@]}" config --env APP_UID=1654 --env ASPNETCORE_HTTP_PORTS=8080 --env DOTNET_RUNNING_IN_CONTAINER=true \
    --env DOTNET_CLI_TELEMETRY_OPTOUT=1 --env DOTNET_NOLOGO=1 "$container" \
    && buildah "${storage[@]}" commit -q --rm "$container" "$1" >/dev/null
}

standin_start() {
  [ "$(id -u)" = 0 ] || { echo "Without a Docker engine this needs root."; return 1; }
  storage=(--root "$work/storage" --runroot "$work/run")
  export BUILDAH_ISOLATION=chroot
  standin_tools && standin_tree || return 1
  standin_image mcr.microsoft.com/dotnet/sdk:10.0 sdk && standin_image mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra runtime || return 1
  engine=(podman "${storage[@]}" --cgroup-manager=cgroupfs --runtime "$(command -v runc)")
  limits=(--pull=never --ulimit nofile=1024:1024 --ulimit nproc=4096:4096)
}

standin_build() { buildah "${storage[@]}" build --pull=never --format docker -t "$1" -f Dockerfile . ; }

standin_stop() {
  "${engine[@]}" rm -fa >/dev/null 2>&1
  # The storage mounts itself.
  grep -o " $work/[^ ]*" /proc/mounts | sort -r | xargs -r umount -l 2>/dev/null
}
