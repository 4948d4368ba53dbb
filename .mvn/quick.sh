# For scripts at the root, which read this: finds a JDK and builds what they run, without checks and into directories of its
# own. Sets java_home, and dist, where the distribution stands.

. .mvn/java.sh

dist=myproxy-dist/target/quick
built=$dist/quick.built

[ "$(uname -s)" = Linux ] || missing "this needs Linux; here is $(uname -s)."
[ "$(uname -m)" = x86_64 ] ||
    missing "the MariaDB server that comes with the build runs on x86_64 only; here is $(uname -m)."
require_java

# Builds unless everything built is newer than every source.
if [ ! -f $built ] || [ ! -x $dist/myproxy/bin/myproxy ] ||
    [ -n "$(find pom.xml conf myproxy-*/pom.xml myproxy-*/src -newer $built -print | head -n 1)" ]; then
    echo "Building myproxy with ./mvnw -Pquick package (half a minute; longer while Maven fetches libraries) ..." >&2
    JAVA_HOME=$java_home MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow ./mvnw -q -B -Pquick package ||
        missing "the build failed; its messages are above."
    touch $built
fi
