# Sourced by ./build and ./amivet: finds a JDK 25 and says clearly what is missing.

# Prints the home of a JDK 25, looking at JAVA_HOME, the java on PATH, and the usual folders.
find_jdk_25() {
  local home
  for home in "${JAVA_HOME:-}" "$(path_java_home)" /usr/lib/jvm/* /opt/jdk* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "amivet needs a JDK 25; none was found in JAVA_HOME, on PATH or under /usr/lib/jvm." >&2
  echo "Install one (package temurin-25-jdk or openjdk-25-jdk), or set JAVA_HOME to it." >&2
  return 2
}

path_java_home() {
  local java
  java="$(command -v javac)" || return 0
  dirname "$(dirname "$(readlink -f "$java" 2>/dev/null || printf '%s' "$java")")"
}

is_jdk_25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    grep -q '^JAVA_VERSION="25[."]' "$1/release"
}
