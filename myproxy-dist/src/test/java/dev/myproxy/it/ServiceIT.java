package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.dist.systemd.Manager;
import dev.myproxy.posix.MonotonicClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What the daemon tells a service manager in the course of its life. */
@OwnServers
class ServiceIT {

    @TempDir
    private Path directory;

    @Test
    void tellsHowItDoes() throws Exception {
        Path notify = directory.resolve("manager");
        InheritedListeners sockets = new InheritedListeners(directory).unix("mysql", directory.resolve("socket"));
        try (Manager manager = new Manager(AFUNIXSocketAddress.of(notify));
                ProxyProcess proxy = ProxyProcess.startFor(notify, sockets.launcher(), directory,
                        """
                        mysql_listen(systemd, {on_handshake_response = function(client) return client:err('no') end})
                        function reload() print('reloaded') end
                        """, List.of("WATCHDOG_USEC=200000"))) {
            String ready = manager.await(message -> message.startsWith("READY=1"));
            assertThat(ready).isEqualTo("READY=1\nSTATUS=0 sessions");
            assertThat(manager.messages().getFirst()).startsWith("STATUS=Loading ").endsWith("config.lua");
            try (var _ = sockets.greeted("mysql")) {
                manager.await("STATUS=1 session"::equals);
            }
            long before = MonotonicClock.microseconds();

            proxy.process().signal("HUP");

            String reloading = manager.await(message -> message.startsWith("RELOADING=1\nMONOTONIC_USEC="));
            assertThat(Long.parseLong(reloading.lines().toList().get(1).substring("MONOTONIC_USEC=".length())))
                    .isBetween(before, MonotonicClock.microseconds());
            manager.await("READY=1\nSTATUS=Reloaded"::equals);
            proxy.awaitLine("reloaded"::equals);
            assertThat(manager.messages()).filteredOn("WATCHDOG=1"::equals).hasSizeGreaterThan(5);

            assertThat(proxy.stop()).isZero();
            manager.await(message -> message.startsWith("STOPPING=1"));
        }
    }

    @Test
    void tellsWhyAConfigurationWasNotLoadedAgain() throws Exception {
        Path notify = directory.resolve("manager");
        Path file = directory.resolve("config.lua");
        InheritedListeners sockets = new InheritedListeners(directory).unix("mysql", directory.resolve("socket"));
        String good = """
                      mysql_listen(systemd, {on_handshake_response = function(client) return client:err('no') end})
                      function reload() reload_config() end
                      """;
        try (Manager manager = new Manager(AFUNIXSocketAddress.of(notify));
                ProxyProcess proxy = ProxyProcess.startFor(notify, sockets.launcher(), directory, good, List.of())) {
            manager.await(message -> message.startsWith("READY=1"));

            Files.writeString(file, good + "nonsense(");
            proxy.process().signal("HUP");
            manager.await(message -> message.startsWith("READY=1\nSTATUS=Reloading failed: " + file + ":"));

            Files.delete(file);
            proxy.process().signal("HUP");
            manager.await(message -> message.startsWith("READY=1\nSTATUS=Reloading failed: cannot open " + file));
            sockets.greeted("mysql").close();

            Files.writeString(file, good);
            proxy.process().signal("HUP");
            manager.await("READY=1\nSTATUS=Reloaded"::equals);
            sockets.greeted("mysql").close();
            assertThat(proxy.stop()).isZero();
        }
    }
}
