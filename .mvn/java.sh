# For scripts, which read this at the root of the project: require_java finds a JDK and sets java_home, or gives up.

needed=25

missing() {
    echo "${0##*/}: $1" >&2
    exit 1
}

find_java() {
    for java_home in "${MYPROXY_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/*; do
        if [ -x "$java_home/bin/javac" ] && [ -r "$java_home/release" ]; then
            version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_home/release")
            [ "${version:-0}" -lt $needed ] || return 0
        fi
    done
    return 1
}

require_java() {
    find_java || missing "no JDK $needed or newer found: install one under /usr/lib/jvm, or set JAVA_HOME to it."
}
