package dev.myproxy.it;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Two networks of a test's own, here and there, and a cable between them that can be cut. What runs in them reaches nothing
 * else. Needs root and {@code ip}.
 *
 * <pre>
 * here    lo, 10.99.0.1
 * there   lo, 10.99.0.2
 * </pre>
 */
final class NetworkNamespaces implements Closeable {

    static final String THERE = "10.99.0.2";

    private static final String HERE = "10.99.0.1";

    private final String here;
    private final String there;

    private NetworkNamespaces(String name) {
        here = name + "-here";
        there = name + "-there";
    }

    /** Makes the networks; where that is not allowed, the test is skipped. */
    static NetworkNamespaces create() throws IOException {
        NetworkNamespaces networks = new NetworkNamespaces("myproxy-" + ProcessHandle.current().pid());
        try {
            networks.ip("netns", "add", networks.here);
        } catch (IOException e) {
            return Assumptions.abort("network namespaces can't be made here: " + e.getMessage());
        }
        try {
            networks.ip("netns", "add", networks.there);
            networks.ip("link", "add", "cable", "netns", networks.here, "type", "veth", "peer", "name", "cable",
                    "netns",
                    networks.there);
            networks.plugIn(networks.here, HERE);
            networks.plugIn(networks.there, THERE);
            return networks;
        } catch (IOException e) {
            networks.close();
            return Assumptions.abort("network namespaces can't be used here: " + e.getMessage());
        }
    }

    private void plugIn(String network, String address) throws IOException {
        ip("-n", network, "address", "add", address + "/30", "dev", "cable");
        ip("-n", network, "link", "set", "cable", "up");
        ip("-n", network, "link", "set", "lo", "up");
    }

    /** A command that becomes the one that follows it, here. */
    List<String> here() {
        return List.of("ip", "netns", "exec", here);
    }

    /** A command that becomes the one that follows it, there. */
    List<String> there() {
        return List.of("ip", "netns", "exec", there);
    }

    /** Nothing comes from there any more, not even a word that nothing comes. */
    void cut() throws IOException {
        ip("-n", there, "route", "add", "blackhole", HERE + "/32");
    }

    void mend() throws IOException {
        ip("-n", there, "route", "delete", "blackhole", HERE + "/32");
    }

    private void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.inputReader()) {
            String said = String.join(" ", out.lines().toList());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            ip("netns", "delete", there);
        } finally {
            ip("netns", "delete", here);
        }
    }
}
