package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Sockets that a daemon is started with, as systemd would do it. A program in Perl, which Debian always has, opens them. */
final class InheritedListeners {

    private final Path directory;
    private final List<String> places = new ArrayList<>();

    /** @param directory for a file that says where the sockets are */
    InheritedListeners(Path directory) {
        this.directory = directory;
        assumeTrue(Programs.succeeds("perl", "-MSocket", "-MPOSIX", "-e", "1"), "no Perl: nothing is tested here");
    }

    InheritedListeners unix(String name, Path path) {
        places.add(name + "=unix:" + path);
        return this;
    }

    InheritedListeners tcp(String name) {
        places.add(name + "=tcp:127.0.0.1");
        return this;
    }

    InheritedListeners datagrams(String name, Path path) {
        places.add(name + "=unix-datagrams:" + path);
        return this;
    }

    /** A command, to be followed by that of the daemon. */
    List<String> launcher() throws IOException {
        List<String> command = new ArrayList<>(List.of("perl", script().toString(), report().toString()));
        command.addAll(places);
        command.add("--");
        return command;
    }

    private static Path script() throws IOException {
        try {
            return Path.of(Objects.requireNonNull(InheritedListeners.class.getResource("service/listen.pl")).toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private Path report() {
        return directory.resolve("sockets");
    }

    /** Where the first socket of a name is, once the launcher has run. */
    SocketAddress address(String name) throws IOException {
        String text = Files.readString(report()).lines().filter(line -> line.startsWith(name + " ")).findFirst()
                .orElseThrow().substring(name.length() + 1);
        int colon = text.lastIndexOf(':');
        return text.startsWith("/")
                ? UnixDomainSocketAddress.of(text)
                : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** Connects as a client, who must be greeted by a MySQL server, and stays until it is closed. */
    SocketChannel greeted(String name) throws IOException {
        SocketChannel client = SocketChannel.open(address(name));
        ByteBuffer head = ByteBuffer.allocate(5);
        while (head.hasRemaining() && client.read(head) >= 0) {
            // more to come
        }
        assertThat(head.get(4)).as("protocol version").isEqualTo((byte) 10);
        return client;
    }
}
