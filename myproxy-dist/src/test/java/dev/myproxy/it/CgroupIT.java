package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups of real clients: what the script sees, and that nothing is left open. */
class CgroupIT {

    private static final int CLIENTS = 10;

    @TempDir
    Path directory;

    @Test
    void scriptsSeeTheGroupOfTheClientsProcess() throws Exception {
        String socket = directory.resolve("socket").toString();
        try (ProxyProcess proxy = ProxyProcess.start(directory,
                """
                mysql_listen('%s', {
                    on_connect = function(client)
                        local cgroup = client.cgroup
                        print('in ' .. (cgroup and cgroup.path or 'none'))
                    end,
                    on_handshake_response = function(client)
                        return client:err('no')
                    end,
                })
                """.formatted(socket))) {
            for (int i = 1; i <= CLIENTS; i++) {
                int seen = i;
                try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                    Awaitility.await()
                            .until(() -> proxy.out().stream().filter(line -> line.startsWith("in ")).count() == seen);
                }
            }

            assertThat(proxy.out()).contains("in " + ownGroup());
            assertThat(pidfds(proxy.process().pid())).isZero();
        }
    }

    private static String ownGroup() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            return lines.filter(line -> line.startsWith("0::")).map(line -> line.substring("0::".length())).findFirst()
                    .orElse("none");
        }
    }

    private static long pidfds(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.filter(CgroupIT::isPidfd).count();
        }
    }

    private static boolean isPidfd(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("pidfd");
        } catch (IOException _) {
            return false; // closed meanwhile
        }
    }
}
