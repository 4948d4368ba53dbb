package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.transport.Transport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPagesTest {

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @BeforeEach
    void count() {
        Counter.builder("logins").description("How many").tag("result", "ok").register(registry).increment(3);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private InetSocketAddress start(Duration limit) throws Exception {
        HttpPages pages = new HttpPages(vertx, Map.of("/metrics", new Exposition(registry), "/broken", _ -> {
            throw new IOException("broken");
        }), limit);
        ListenerVerticle listener = new ListenerVerticle(Transport.of(vertx),
                Address.inet(InetAddress.getLoopbackAddress(), 0), Path.of("/"), new EventLoopBalance(vertx),
                pages::accept);
        vertx.deployVerticle(listener).await(20, TimeUnit.SECONDS);
        ListenBus.accept(vertx);
        return ((Address.Inet) listener.address()).socket();
    }

    private InetSocketAddress start() throws Exception {
        return start(HttpPages.LIMIT);
    }

    /** Sends something and reads until the server closes the connection. */
    private static String exchange(InetSocketAddress server, String request) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return readAll(socket.getInputStream());
        }
    }

    private static String readAll(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String get(InetSocketAddress server, String path, String headers) throws IOException {
        return exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    @Test
    void showsMetricsInPrometheusFormat() throws Exception {
        String answer = get(start(), "/metrics", "Accept: */*\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("content-type: text/plain; version=0.0.4")
                .contains("connection: close\r\n").contains("# HELP logins_total How many\n")
                .contains("# TYPE logins_total counter\n").contains("logins_total{result=\"ok\"} 3.0\n")
                .doesNotContain("# EOF");
    }

    @Test
    void showsThemAsOpenMetricsToThoseWhoAsk() throws Exception {
        String answer = get(start(), "/metrics?x=y",
                "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2\r\n");

        assertThat(answer).contains("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n")
                .contains("# TYPE logins counter\n").contains("logins_total{result=\"ok\"} 3.0\n").endsWith("# EOF\n");
    }

    @Test
    void headHasNoBody() throws Exception {
        String answer = exchange(start(), "HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").containsPattern("content-length: [1-9]")
                .endsWith("\r\n\r\n");
    }

    @Test
    void refusesWhatItDoesNotHave() throws Exception {
        InetSocketAddress server = start();

        assertThat(get(server, "/", "")).startsWith("HTTP/1.1 404 ").endsWith("Pages: /broken /metrics\n");
        assertThat(exchange(server, "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"))
                .startsWith("HTTP/1.1 405 ").contains("allow: GET, HEAD\r\n");
        assertThat(get(server, "/broken", "")).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void refusesWhatIsNoRequestOrTooLarge() throws Exception {
        InetSocketAddress server = start();

        assertThat(exchange(server, "\0\1\2\3 nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(get(server, "/" + "x".repeat(5000), "")).startsWith("HTTP/1.1 414 ");
        assertThat(get(server, "/metrics", "X: " + "x".repeat(20_000) + "\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(exchange(server,
                "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000)))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void onlyTheFirstRequestOfAConnectionIsAnswered() throws Exception {
        String request = "GET /none HTTP/1.1\r\nHost: x\r\n\r\n";

        assertThat(exchange(start(), request + request).split("HTTP/1.1 404 ", -1)).hasSize(2);
    }

    @Test
    void aConnectionThatTakesTooLongIsClosed() throws Exception {
        assertThat(exchange(start(Duration.ofMillis(100)), "GET /metrics HTT")).isEmpty();
    }

    @Test
    void thereAreOnlySoManyConnections() throws Exception {
        InetSocketAddress server = start();
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < HttpPages.MAX_CONNECTIONS + 3; i++) {
                clients.add(SocketChannel.open(server));
                clients.getLast().configureBlocking(false);
            }

            await().until(() -> ended(clients) == 3);
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        await().until(() -> get(server, "/metrics", "").startsWith("HTTP/1.1 200 "));
    }

    private static long ended(List<SocketChannel> clients) throws IOException {
        long count = 0;
        for (SocketChannel client : clients) {
            count += client.read(ByteBuffer.allocate(1)) < 0 ? 1 : 0;
        }
        return count;
    }
}
