package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The daemon on sockets that it was started with. */
@OwnServers
class SocketActivationIT {

    private static final String HANDLER = """
                                          local handler = {on_handshake_response = function(client) return client:err('no') end}
                                          """;

    private static final String LOOKING_AROUND = """
                                                 mysql_listen(systemd, handler)
                                                 for _, name in ipairs{'LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES', 'NOTIFY_SOCKET'} do
                                                     assert(os.getenv(name) == nil, name)
                                                     assert(env[name] == nil, name)
                                                 end
                                                 local pipe = io.popen('env; ls -l /proc/self/fd; echo $PATH')
                                                 local text = pipe:read('*a')
                                                 pipe:close()
                                                 assert(text:find('/bin', 1, true), text)
                                                 assert(not text:find('LISTEN_', 1, true), text)
                                                 assert(not text:find('NOTIFY_SOCKET', 1, true), text)
                                                 assert(not text:find('[^%d][3-9] %-> socket'), text)
                                                 """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void listensOnWhatItWasStartedWith(String engine) throws Exception {
        Path path = directory.resolve("mysql");
        InheritedListeners sockets = new InheritedListeners(directory).unix("mysql", path).tcp("mysql").tcp("metrics")
                .datagrams("control", directory.resolve("control")).tcp("other").tcp("rest");
        try (ProxyProcess proxy = ProxyProcess.start(sockets.launcher(), directory,
                HANDLER + """
                          prometheus_listen(systemd('metrics'))
                          control_listen(systemd('control'))
                          mysql_listen(systemd('mysql'), handler)
                          mysql_listen(systemd('other'), handler)
                          """, "--engine", engine)) {
            sockets.greeted("mysql").close();
            sockets.greeted("other").close();
            int port = ((InetSocketAddress) sockets.address("metrics")).getPort();
            assertThat(HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready")).build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            try (AFUNIXDatagramSocket sender = AFUNIXDatagramSocket.newInstance()) {
                sender.connect(AFUNIXSocketAddress.of(directory.resolve("control")));
                sender.send(new java.net.DatagramPacket(new byte[1], 1));
            }
            proxy.awaitLine(line -> line.startsWith("Ignored a control datagram"));
            proxy.awaitLine(
                    line -> line.startsWith("The configuration uses not all that the daemon was started with, but "
                            + "leaves descriptor 8 (\"rest\", 127.0.0.1:"));

            assertThat(proxy.stop()).isZero();
            assertThat(path).as("systemd's own").exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void programsOfTheScriptGetNothingOfIt(String engine) throws Exception {
        InheritedListeners sockets = new InheritedListeners(directory).tcp("mysql");
        List<String> launcher = new ArrayList<>(sockets.launcher());
        try (ProxyProcess proxy = ProxyProcess.start(launcher, directory,
                HANDLER + LOOKING_AROUND, "--engine", engine)) {
            sockets.greeted("mysql").close();
            assertThat(proxy.stop()).isZero();
        }
    }

    @Test
    void socketsStayWhenTheConfigurationIsLoadedAgain() throws Exception {
        InheritedListeners sockets = new InheritedListeners(directory).unix("mysql", directory.resolve("mysql"))
                .tcp("other");
        String again = HANDLER + "function reload() print(reload_config()) end\n";
        String one = again + "mysql_listen(systemd('mysql'), handler)\n";
        String both = one + "mysql_listen(systemd('other'), handler)\n";
        try (ProxyProcess proxy = ProxyProcess.start(sockets.launcher(), directory, both);
                SocketChannel early = sockets.greeted("other")) {
            // when a configuration has no use for one of them
            reload(proxy, one, 1);

            // then the other one goes on, sessions too, and who comes to the unused one waits
            sockets.greeted("mysql").close();
            proxy.awaitLine(line -> line.startsWith("The configuration uses not all that the daemon was started with, "
                    + "but leaves descriptor 4 (\"other\", 127.0.0.1:"));
            assertThat(early.write(ByteBuffer.wrap(new byte[]{1}))).isOne();
            try (SocketChannel waiting = SocketChannel.open(sockets.address("other"))) {
                // when the next one has
                reload(proxy, both, 2);

                // then the client that waits is served
                assertThat(waiting.read(ByteBuffer.allocate(1))).isOne();
            }
            sockets.greeted("mysql").close();
            sockets.greeted("other").close();
            assertThat(proxy.stop()).isZero();
        }
    }

    private void reload(ProxyProcess proxy, String configuration, int times) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("config.lua"), configuration);
        proxy.process().signal("HUP");
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> proxy.out().stream().filter("true"::equals).count() == times);
    }

    @Test
    void thereIsNothingLeftForASecondListener() throws Exception {
        InheritedListeners sockets = new InheritedListeners(directory).tcp("mysql");

        assertThat(failure(sockets, HANDLER + "mysql_listen(systemd, handler) mysql_listen(systemd, handler)"))
                .isEqualTo(directory.resolve("config.lua") + ":2: No systemd socket");
    }

    @Test
    void socketsOfAnotherProcessAreLeftAlone() throws Exception {
        InheritedListeners sockets = new InheritedListeners(directory).tcp("mysql");

        assertThat(failure(sockets, HANDLER + "mysql_listen(systemd, handler)", "LISTEN_PID=1"))
                .contains("config.lua:2: No systemd socket: LISTEN_PID is \"1\", but this process has the id ");
    }

    @Test
    void withoutSystemdThereIsNoSocket() throws Exception {
        Path file = Files.writeString(directory.resolve("config.lua"), HANDLER + "mysql_listen(systemd, handler)");

        Launch.Outcome outcome = Launch.in(directory).run("--config", file.toString());

        assertThat(outcome.status()).isEqualTo(78);
        assertThat(outcome.err().strip()).endsWith(":2: No systemd socket");
        assertThat(Launch.in(directory).run("--check", "--strict", "--config", file.toString()).status()).isZero();
    }

    /** What a daemon says that ends because of its configuration. */
    private String failure(InheritedListeners sockets, String configuration, String... variables)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("config.lua"), configuration);
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(List.of(variables));
        command.addAll(sockets.launcher());
        command.addAll(List.of(Launch.HOME.resolve("bin/myproxy").toString(), "--config", file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(78);
        return said.strip();
    }
}
