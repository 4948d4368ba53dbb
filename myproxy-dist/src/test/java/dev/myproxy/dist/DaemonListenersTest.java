package dev.myproxy.dist;

import dev.myproxy.script.Where;
import dev.myproxy.inherit.InheritedSockets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.admin.client.AdminClient;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import dev.myproxy.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonListenersTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Reactor.start(1);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private Listeners listeners(PrometheusMeterRegistry meters) {
        return new DaemonListeners(vertx, Transport.of(vertx), InheritedSockets.none(), directory, meters,
                new Status("config.lua", meters));
    }

    private static String get(Path socket, String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer
                    .wrap(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void firstClientsOfUnixSocketsDoNotWaitForTls() throws Exception {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Listeners listeners = listeners(meters);
        listeners.bind(new Where.At(new Address.UnixPath(directory.resolve("mysql").toString())), Handlers.of(1));
        listeners.accept();
        assertThat(meters.scrape()).doesNotContain("certificate=\"self-signed\"");

        listeners.prepare();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(meters.scrape()).contains("certificate=\"self-signed\""));
        listeners.close().await(60, TimeUnit.SECONDS);
    }

    @Test
    void showsMetricsOfTheProcessAndOfTheScript() throws Exception {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.counter("logins").increment();
        Listeners listeners = listeners(meters);
        Path socket = directory.resolve("metrics");
        listeners.bindMetrics(new Where.At(new Address.UnixPath(socket.toString())));
        assertThat(listeners.count()).as("sockets for clients").isZero();

        assertThat(get(socket, "/metrics")).startsWith("HTTP/1.1 200 OK\r\n").contains("\nlogins_total 1.0\n")
                .contains("\njvm_memory_used_bytes{").contains("\nprocess_files_open_files ")
                .contains("\nprocess_uptime_seconds ");
        listeners.close().await(60, TimeUnit.SECONDS);
        assertThat(Files.exists(socket)).isFalse();
    }

    @Test
    void isReadyWhenClientsAreAccepted() throws Exception {
        Listeners listeners = listeners(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        Path socket = directory.resolve("metrics");
        listeners.bindMetrics(new Where.At(new Address.UnixPath(socket.toString())));

        assertThat(get(socket, "/health")).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(get(socket, "/ready")).startsWith("HTTP/1.1 503 ")
                .endsWith("not ready: the configuration is loading\n");
        listeners.accept();
        assertThat(get(socket, "/ready")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ready\n");
    }

    @Test
    void showsItsStateFromTheBeginningToTheEnd() throws Exception {
        LocalCodec.register(vertx.eventBus());
        Listeners listeners = listeners(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        Path socket = directory.resolve("admin");
        Path clients = directory.resolve("clients");
        AdminClient admin = new AdminClient(socket.toString());
        listeners.bindAdmin(new Where.At(new Address.UnixPath(socket.toString())), AdminOptions.DEFAULT);
        listeners.bind(new Where.At(new Address.UnixPath(clients.toString())), Handlers.of(0));

        assertThat(new String(admin.get("/api/status"), StandardCharsets.US_ASCII)).contains("\"state\":\"starting\"")
                .contains("{\"address\":\"" + clients + "\",\"kind\":\"mysql\",\"accepting\":false,\"accepted\":0,")
                .contains("{\"address\":\"" + socket + "\",\"kind\":\"admin\",\"accepting\":true,\"accepted\":1,");
        listeners.accept();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> new String(admin.get("/api/status"), StandardCharsets.US_ASCII)
                        .contains("\"kind\":\"mysql\",\"accepting\":true"));
        assertThat(new String(admin.get("/api/status"), StandardCharsets.US_ASCII))
                .contains("\"state\":\"ready\",\"ready\":true");
        listeners.close().await(60, TimeUnit.SECONDS);
        assertThat(socket).doesNotExist();
    }

    @Test
    void isNotReadyWhenItStops() throws Exception {
        Listeners listeners = listeners(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        Path socket = directory.resolve("metrics");
        listeners.bindMetrics(new Where.At(new Address.UnixPath(socket.toString())));
        listeners.accept();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request = StandardCharsets.US_ASCII.encode("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
            channel.write(request.rewind());
            ByteBuffer answer = ByteBuffer.allocate(1000);
            while (!StandardCharsets.US_ASCII.decode(answer.duplicate().flip()).toString().endsWith("\nready\n")) {
                assertThat(channel.read(answer)).isPositive();
            }

            listeners.close().await(60, TimeUnit.SECONDS);
            channel.write(StandardCharsets.US_ASCII
                    .encode("GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));

            assertThat(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 503 ").endsWith("not ready: the daemon is stopping\n");
        }
    }

    @Test
    void metricsCanBeReadAtAbstractSockets() throws Exception {
        Listeners listeners = listeners(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        String name = "myproxy-test-" + UUID.randomUUID();
        listeners.bindMetrics(new Where.At(new Address.Abstract(name)));

        Socket client = Socket.newSocketDomain();
        try {
            client.connect(new DomainSocketAddress("\0" + name));
            ByteBuffer request = ByteBuffer.allocateDirect(100)
                    .put("GET /health HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)).flip();
            client.write(request, 0, request.limit());
            ByteBuffer answer = ByteBuffer.allocateDirect(100);
            await().atMost(Duration.ofSeconds(30)).until(() -> client.read(answer, 0, 100) > 0);
            assertThat(StandardCharsets.US_ASCII.decode(answer.limit(12)).toString()).isEqualTo("HTTP/1.0 200");
        } finally {
            client.close();
        }
    }

    @Test
    void saysWhyItCanNotListen() {
        Listeners listeners = listeners(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

        assertThatThrownBy(() -> listeners.bindMetrics(new Where.At(new Address.UnixPath(directory + "/none/x"))))
                .isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to " + directory + "/none/x: No such file or directory");
    }
}
