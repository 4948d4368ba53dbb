package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.dist.systemd.Manager;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Somebody sets the time of day a day ahead, and then two days back, while the daemon works: only what asks for the time notices. */
@OwnServers
class ClockIT {

    private static final long DAY = 86_400;
    private static final Login LOGIN = Login.clear("joe", "");

    private final AtomicInteger checks = new AtomicInteger();

    @TempDir
    private Path directory;

    /** Lies to programs about the time of day; package libfaketime. */
    private static Optional<Path> faketime() throws IOException {
        try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
            return directories.map(each -> each.resolve("faketime/libfaketimeMT.so.1")).filter(Files::exists)
                    .findFirst();
        }
    }

    private FakeServer server() throws IOException {
        return FakeServer.startForMany(Endpoints.unix(directory.resolve("fake")), c -> {
            c.greet();
            if (c.acceptAll().user().isEmpty()) {
                checks.incrementAndGet();
            }
            while (c.read().first() != Command.QUIT.code()) {
                c.ok();
            }
        });
    }

    private String configuration() {
        return """
               local cluster = mysql_cluster({'%1$s/fake'}, {monitoring = true, interval = 0.1, fall = 1, timeout = 5})
               local names = cache:new({ttl = 1000})
               mysql_listen('%1$s/s', {
                 on_handshake_response = function(client, login)
                   return client:connect(cluster, {user = login.user})
                 end,
                 on_query = function(client, sql)
                   if sql == 'wait' then sleep(0.2) end
                   if sql == 'cached' then
                     return client:err(names:fetch('x', function() return 'of ' .. os.time() end))
                   end
                   return client:err(tostring(os.time()))
                 end,
               }, {idle_timeout = 3600, write_timeout = 3600, login_timeout = 60})
               """.formatted(directory);
    }

    @Test
    void onlyWhoAsksForTheTimeNotices() throws Exception {
        Optional<Path> library = faketime();
        assumeTrue(library.isPresent(), "no libfaketime: clocks that jump are not tested");
        Path offset = Files.writeString(directory.resolve("offset"), "+0");
        Path notify = directory.resolve("manager");
        Address address = Endpoints.unix(directory.resolve("s"));
        try (FakeServer _ = server();
                Manager manager = new Manager(AFUNIXSocketAddress.of(notify));
                ProxyProcess proxy = ProxyProcess.startFor(notify, List.of(), directory, configuration(),
                        List.of("LD_PRELOAD=" + library.get(), "FAKETIME_TIMESTAMP_FILE=" + offset,
                                "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_CACHE_DURATION=1",
                                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                                "WATCHDOG_USEC=200000"))) {
            manager.await(message -> message.startsWith("READY=1"));
            try (RawClient early = RawClient.connect(address).login(LOGIN);
                    RawClient greeted = RawClient.connect(address)) {
                greeted.readGreeting();
                String cached = answer(early, "cached");
                for (long jump : List.of(DAY, -DAY)) {
                    // when the clock is set while handlers wait
                    Files.writeString(offset, (jump > 0 ? "+" : "") + jump);
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> Math.abs(Long.parseLong(answer(early, "wait")) - now() - jump) < 60);

                    // then they go on in time and see the new time; what was kept stays, sessions live, servers are checked, and the watchdog hears of it
                    assertThat(answer(early, "cached")).isEqualTo(cached);
                    early.ping();
                    assertThat(greeted.stream().isQuiet(Duration.ofMillis(100))).isTrue();
                    int before = checks.get();
                    int watched = manager.messages().size();
                    await().atMost(Duration.ofSeconds(30)).until(() -> checks.get() > before + 2
                            && manager.messages().stream().skip(watched).filter("WATCHDOG=1"::equals).count() > 2);
                    RawClient.connect(address).login(LOGIN).close();
                }
                greeted.login(LOGIN).ping();
            }
            assertThat(proxy.log()).noneMatch(line -> line.contains("-> dead") || line.contains("imeout"));
            assertThat(proxy.stop()).isZero();
        }
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String answer(RawClient client, String sql) throws IOException {
        return client.query(sql).err().message();
    }
}
