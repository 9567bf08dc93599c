# Sourced by scripts/tagwarden, scripts/test and scripts/check: what the programs need on this machine.
# Everything it does is said on standard error; standard output belongs to the program.

say() { echo "tagwarden: $*" >&2; }
stop() { say "$1"; exit "${2:-3}"; }

# Sets JAVA to a Java 17 or newer, and JAVA_HOME beside it for Maven. $1 = javac when a compiler is needed.
find_java() {
  local candidate version
  for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    [ -x "$candidate" ] || continue
    version=$("$candidate" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || continue
    candidate=$(readlink -f "$candidate")
    [ "${1:-}" != javac ] || [ -x "$(dirname "$candidate")/javac" ] || continue
    JAVA=$candidate
    JAVA_HOME=$(dirname "$(dirname "$candidate")")
    export JAVA_HOME
    return 0
  done
  stop "Java 17 or newer${1:+ with its compiler} is missing. On Debian or Ubuntu: apt-get install openjdk-17-jdk-headless. Elsewhere: https://adoptium.net"
}

# install_packages "what for" PACKAGE...: with apt-get, as root or through sudo; says so, or says what to do instead.
install_packages() {
  local what=$1 root=()
  shift
  command -v apt-get >/dev/null || stop "$what is missing and this is no Debian or Ubuntu: install $* (or your system's equivalents) and run this again."
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop "$what is missing. Run this as root and try again: apt-get install $*"
    root=(sudo)
  fi
  say "$what is missing: ${root[*]} apt-get install $*"
  export DEBIAN_FRONTEND=noninteractive
  "${root[@]}" apt-get -qq update >&2 || say "apt-get update failed; trying with the package lists that are here."
  "${root[@]}" apt-get -qq install -y --no-install-recommends "$@" >&2 || stop "apt-get could not install $*: see its message above."
}

need_chromium() {
  local chromium=chromium driver=chromium-driver
  # Ubuntu calls them differently (and delivers them as snaps).
  if grep -qs '^ID=ubuntu' /etc/os-release; then chromium=chromium-browser driver=chromium-chromedriver; fi
  if [ -z "${TAGWARDEN_SCANNER_CHROMIUM:-}" ]; then
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
      install_packages "Chromium (the scanning browser)" "$chromium" "$driver" fonts-liberation
  fi
  if [ -z "${TAGWARDEN_SCANNER_CHROMEDRIVER:-}" ]; then
    command -v chromedriver >/dev/null || [ -x /usr/lib/chromium-browser/chromedriver ] ||
      command -v google-chrome >/dev/null || install_packages "chromedriver" "$driver"
  fi
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || install_packages "Node.js with npm (builds the pages, runs Lighthouse)" nodejs npm
}

need_maven() {
  command -v mvn >/dev/null || install_packages "Maven (the build)" maven
}

# Prints why a build is needed; nothing when it is not. The newest source decides: anything but build output that is newer
# than the last build's mark.
why_build() {
  local mark="$home/dashboard/target/.built" newer
  [ -f "$mark" ] || { echo "building for the first time: a few minutes, most of them downloads"; return; }
  newer=$(find "$home/pom.xml" "$home/scanner" "$home/collector" "$home/dashboard" "$home/configs" \
    \( -name target -o -name node_modules -o -path '*/src/test' \) -prune -o -type f -newer "$mark" -print -quit)
  [ -z "$newer" ] || echo "building: ${newer#"$home/"} is newer than the last build"
}

build_if_needed() {
  local mark="$home/dashboard/target/.built" why
  why=$(why_build)
  [ -n "$why" ] || return 0
  say "$why"
  find_java javac
  need_maven
  need_node
  [ -w "$home" ] || stop "$home cannot be written to, so nothing can be built there: build it once as its owner, or clone it to a folder of yours."
  mkdir -p "$home/dashboard/target"
  (
    flock 9 # of two commands at once one builds, and the other one waits for it
    [ -n "$(why_build)" ] || exit 0
    touch "$mark.started"
    # Maven only adds to these: libraries of the version before would stay on the class path beside the new ones.
    rm -rf "$home/dashboard/target/lib" "$home/scanner/agent/target/lib"
    mvn -q -B -Dstyle.color=never -f "$home/pom.xml" -DskipTests -Dspotless.check.skip package >&2 || exit 1
    mv "$mark.started" "$mark"
  ) 9>"$home/dashboard/target/.build.lock" || stop "the build failed: see Maven's message above."
}
