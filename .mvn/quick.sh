# For scripts at the root, which read this: finds a JDK and builds what they run, without checks and into directories of its
# own. Sets java_home, and dist, where the distribution stands.

needed=25
dist=myproxy-dist/target/quick
built=$dist/quick.built

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

[ "$(uname -s)" = Linux ] || missing "this needs Linux; here is $(uname -s)."
[ "$(uname -m)" = x86_64 ] ||
    missing "the MariaDB server that comes with the build runs on x86_64 only; here is $(uname -m)."
find_java || missing "no JDK $needed or newer found: install one under /usr/lib/jvm, or set JAVA_HOME to it."

# Builds unless everything built is newer than every source.
if [ ! -f $built ] || [ ! -x $dist/myproxy/bin/myproxy ] ||
    [ -n "$(find pom.xml conf myproxy-*/pom.xml myproxy-*/src -newer $built -print | head -n 1)" ]; then
    echo "Building myproxy with ./mvnw -Pquick package (half a minute; longer while Maven fetches libraries) ..." >&2
    JAVA_HOME=$java_home MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow ./mvnw -q -B -Pquick package ||
        missing "the build failed; its messages are above."
    touch $built
fi
