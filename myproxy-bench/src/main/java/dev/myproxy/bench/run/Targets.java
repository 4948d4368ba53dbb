package dev.myproxy.bench.run;

import dev.myproxy.address.Address;
import dev.myproxy.bench.subject.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The targets by their names.
 *
 * @param home    the distribution that was built here
 * @param image   what the archive contains that was built here, if there is one
 * @param haproxy where it is installed
 */
record Targets(Path home, Optional<Path> image, Optional<Path> haproxy) {

    /** Names of what others are compared with. */
    static final String DIRECT = "direct";
    static final String HAPROXY = "haproxy";

    private static final String PACKAGE = "package";
    private static final Pattern NAMED = Pattern.compile("([\\w.-]+)=([^;]+)((?:;[^;]*)*)");
    private static final Pattern HOST_PORT = Pattern.compile("([^/]+):(\\d{1,5})");

    /** Without any wish: all that there are. */
    List<Target> standard() {
        List<Target> all = new ArrayList<>(List.of(new Target.Direct(DIRECT),
                new Target.MyProxy("myproxy", home, Map.of())));
        haproxy.ifPresent(program -> all.add(new Target.HaProxy(HAPROXY, program)));
        return all;
    }

    /** For the time of the start and the memory. */
    List<Target> packaged() {
        List<Target> all = new ArrayList<>(List.of(parse(PACKAGE)));
        haproxy.ifPresent(program -> all.add(new Target.HaProxy(HAPROXY, program)));
        return all;
    }

    Target parse(String text) {
        return switch (text) {
            case PACKAGE -> new Target.MyProxy(text,
                    image.orElseThrow(() -> new IllegalArgumentException(
                            "There is no package; make one with ./mvnw -Pdist package -DskipTests")),
                    Map.of());
            case DIRECT -> new Target.Direct(DIRECT);
            case "myproxy" -> new Target.MyProxy(text, home, Map.of());
            case HAPROXY -> new Target.HaProxy(HAPROXY,
                    haproxy.orElseThrow(() -> new IllegalArgumentException("haproxy is not installed")));
            default -> named(text);
        };
    }

    private static Target named(String text) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            throw new IllegalArgumentException("Unknown target \"" + text
                    + "\": direct, haproxy, myproxy, package, NAME=DIRECTORY or NAME=HOST:PORT");
        }
        Map<String, String> details = details(named.group(3));
        Matcher hostPort = HOST_PORT.matcher(named.group(2));
        if (hostPort.matches()) {
            String pid = details.getOrDefault("pid", "");
            return new Target.Running(named.group(1), inet(hostPort.group(1), Integer.parseInt(hostPort.group(2))),
                    pid.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid)));
        }
        Path home = Path.of(named.group(2)).toAbsolutePath().normalize();
        if (!Files.isExecutable(home.resolve("bin/myproxy"))) {
            throw new IllegalArgumentException("There is no bin/myproxy in " + home);
        }
        return new Target.MyProxy(named.group(1), home, details);
    }

    private static Map<String, String> details(String text) {
        Map<String, String> details = new LinkedHashMap<>();
        for (String each : text.split(";", -1)) {
            String[] parts = each.split("=", 2);
            if (parts.length == 2) {
                details.put(parts[0], parts[1]);
            } else if (!each.isEmpty()) {
                throw new IllegalArgumentException("\"" + each + "\" is not NAME=VALUE");
            }
        }
        return details;
    }

    /** An address by its text. */
    static Address inet(String host, int port) {
        try {
            return Address.inet(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Unknown host " + host, e);
        }
    }
}
