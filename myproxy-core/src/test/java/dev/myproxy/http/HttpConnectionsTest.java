package dev.myproxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.Transport;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.io.ByteArrayInputStream;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class HttpConnectionsTest {

    private static final String LONG = "A long text. ".repeat(1000);

    private final Vertx vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(2))
            .withTransport(Transport.preferred()).build();

    private final Promise<Reply> slow = Promise.promise();
    private final AtomicInteger rendered = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    /** Takes POST only. */
    private static final class Posted implements Page {
        @Override
        public Future<Reply> reply(HttpServerRequest request) {
            return Future.succeededFuture(Reply.text(200, "posted " + request.getParam("id") + "\n"));
        }

        @Override
        public Set<HttpMethod> methods() {
            return Set.of(HttpMethod.POST);
        }
    }

    private InetSocketAddress start(Duration limit) throws Exception {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("test", 2);
        HttpPages pages = new HttpPages(workers, Map.of("/slow", _ -> slow.future(), "/thread",
                Page.of(workers, _ -> Reply.text(200, Thread.currentThread().getName())), "/short",
                Page.of(workers, _ -> Reply.text(200, "short\n")),
                "/long", Page.of(workers, _ -> {
                    rendered.incrementAndGet();
                    return Reply.text(200, LONG);
                }), "/broken", Page.of(workers, _ -> {
                    throw new IOException("broken");
                }), "/thrown", _ -> {
                    throw new IllegalStateException("thrown");
                }, "/kill", new Posted()));
        HttpConnections http = new HttpConnections(vertx, new EventLoopContexts(vertx), pages, limit);
        ListenerVerticle listener = new ListenerVerticle(Transport.of(vertx),
                Address.inet(InetAddress.getLoopbackAddress(), 0), Path.of("/"), new EventLoopBalance(vertx),
                http::accept).atOnce();
        vertx.deployVerticle(listener).await(60, TimeUnit.SECONDS);
        return ((Address.Inet) listener.address()).socket();
    }

    private InetSocketAddress start() throws Exception {
        return start(HttpConnections.LIMIT);
    }

    /** Sends something and reads until the server closes the connection. */
    private static String exchange(InetSocketAddress server, String request) throws IOException {
        return new String(exchangeBytes(server, request), StandardCharsets.ISO_8859_1);
    }

    private static byte[] exchangeBytes(InetSocketAddress server, String request) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().readAllBytes();
        }
    }

    private static String request(String method, String path, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n";
    }

    private static String last(String method, String path, String... headers) {
        return request(method, path, headers).replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n");
    }

    @Test
    void showsAPage() throws Exception {
        assertThat(exchange(start(), last("GET", "/short?x=y"))).startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-type: text/plain; charset=utf-8\r\n").contains("content-length: 6\r\n")
                .contains("cache-control: no-store\r\n").endsWith("\r\n\r\nshort\n");
    }

    @Test
    void aConnectionIsGoodForManyRequestsAlsoAheadOfAnswers() throws Exception {
        String answers = exchange(start(),
                request("GET", "/short") + request("GET", "/none") + request("HEAD", "/short") + last("GET", "/long"));

        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(5);
        assertThat(answers).endsWith(LONG);
    }

    @Test
    void headHasNoBody() throws Exception {
        assertThat(exchange(start(), last("HEAD", "/short"))).startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-length: 6\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void longPagesAreCompressedForThoseWhoTakeThat() throws Exception {
        InetSocketAddress server = start();

        byte[] answer = exchangeBytes(server, last("GET", "/long", "Accept-Encoding: deflate, gzip;q=0.5"));
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;

        assertThat(text).contains("content-encoding: gzip\r\n").contains("vary: Accept, Accept-Encoding\r\n");
        try (InputStream unpacked = new GZIPInputStream(
                new ByteArrayInputStream(answer, body, answer.length - body))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LONG);
        }
        assertThat(exchange(server, last("GET", "/short", "Accept-Encoding: gzip"))).endsWith("short\n");
    }

    @Test
    void theRootListsThePages() throws Exception {
        assertThat(exchange(start(), last("GET", "/"))).startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\n/broken\n/kill\n/long\n/short\n/slow\n/thread\n/thrown\n");
    }

    @Test
    void refusesWhatItDoesNotHave() throws Exception {
        InetSocketAddress server = start();

        assertThat(exchange(server, last("GET", "/none"))).startsWith("HTTP/1.1 404 ")
                .endsWith("Pages: / /broken /kill /long /short /slow /thread /thrown\n");
        assertThat(exchange(server, last("POST", "/short", "Content-Length: 2") + "ab"))
                .startsWith("HTTP/1.1 405 ").contains("allow: GET, HEAD\r\n");
        assertThat(exchange(server, last("GET", "/kill"))).startsWith("HTTP/1.1 405 ").contains("allow: POST\r\n");
        assertThat(exchange(server, last("POST", "/kill?id=7"))).startsWith("HTTP/1.1 200 ")
                .endsWith("posted 7\n");
    }

    @Test
    void pagesAreRenderedByWorkers() throws Exception {
        assertThat(exchange(start(), last("GET", "/thread"))).containsPattern("\r\n\r\ntest-\\d$");
    }

    @Test
    void aPageThatFailsIsAServerError() throws Exception {
        InetSocketAddress server = start();

        assertThat(exchange(server, last("GET", "/broken"))).startsWith("HTTP/1.1 500 ").doesNotContain("broken");
        assertThat(exchange(server, last("GET", "/thrown"))).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void refusesWhatIsNoRequestOrTooLarge() throws Exception {
        InetSocketAddress server = start();

        assertThat(exchange(server, "\0\1\2\3 nonsense\r\n\r\n")).contains(" 400 Bad Request\r\n");
        assertThat(exchange(server, last("GET", "/" + "x".repeat(5000)))).contains(" 414 ");
        assertThat(exchange(server, last("GET", "/short", "X: " + "x".repeat(20_000)))).contains(" 431 ");
    }

    @Test
    void aConnectionWithoutAnswersIsClosed() throws Exception {
        assertThat(exchange(start(Duration.ofMillis(100)), "GET /short HTT")).isEmpty();
    }

    @Test
    void nothingIsRenderedForAClientThatDoesNotRead() throws Exception {
        InetSocketAddress server = start(Duration.ofSeconds(5));
        int requests = 10_000;
        byte[] all = request("GET", "/long").repeat(requests).getBytes(StandardCharsets.ISO_8859_1);
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(all);
            // until the server has lost its patience
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(() -> isClosed(socket));
        }

        assertThat(rendered.get()).isPositive().isLessThan(requests);
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.getOutputStream().write('\n');
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void onlySoManyAnswersAreMadeAtATime() throws Exception {
        InetSocketAddress server = start();
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < HttpPages.MAX_ANSWERS; i++) {
                clients.add(new Socket(server.getAddress(), server.getPort()));
                clients.getLast().getOutputStream().write(last("GET", "/slow").getBytes(StandardCharsets.ISO_8859_1));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> exchange(server, last("GET", "/short")).startsWith("HTTP/1.1 503 "));

            slow.complete(Reply.text(200, "at last\n"));

            for (Socket client : clients) {
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .endsWith("at last\n");
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> exchange(server, last("GET", "/short")).startsWith("HTTP/1.1 200 "));
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void thereAreOnlySoManyConnections() throws Exception {
        InetSocketAddress server = start();
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < HttpConnections.MAX_CONNECTIONS + 3; i++) {
                clients.add(SocketChannel.open(server));
                if (i < 3) {
                    askShort(clients.getLast());
                    awaitEventLoops();
                }
                clients.getLast().configureBlocking(false);
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> ended(clients) == 3);
            assertThat(ended(clients.subList(0, 3))).as("those that waited for the longest time").isEqualTo(3);
            assertThat(exchange(server, last("GET", "/short"))).startsWith("HTTP/1.1 200 ");
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    /** Asks, and takes the whole answer: the connection waits from then on. */
    private static void askShort(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(request("GET", "/short").getBytes(StandardCharsets.ISO_8859_1)));
        ByteBuffer answer = ByteBuffer.allocate(1000);
        while (!new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1).endsWith("short\n")) {
            assertThat(client.read(answer)).isPositive();
        }
    }

    /** That a client has the answer is no sign that the connection has noticed so, too. */
    private void awaitEventLoops() throws Exception {
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
        }
    }

    private static long ended(List<SocketChannel> clients) throws IOException {
        long count = 0;
        for (SocketChannel client : clients) {
            count += client.read(ByteBuffer.allocate(1)) < 0 ? 1 : 0;
        }
        return count;
    }
}
