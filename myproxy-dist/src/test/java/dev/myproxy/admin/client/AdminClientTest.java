package dev.myproxy.admin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminClientTest {

    @TempDir
    Path directory;

    private ServerSocketChannel server;
    private Path socket = Path.of("");

    AdminClientTest() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @BeforeEach
    void bind() throws IOException {
        socket = directory.resolve("s");
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Answers one request, and gives it. */
    private CompletableFuture<String> answer(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel client = server.accept()) {
                ByteArrayOutputStream request = new ByteArrayOutputStream();
                ByteBuffer one = ByteBuffer.allocate(1);
                while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")
                        && client.read(one.clear()) > 0) {
                    request.write(one.get(0));
                }
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                return request.toString(StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private AdminClient client() {
        return new AdminClient(socket.toString());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(AdminClient client,
            AdminException.Kind kind) {
        return assertThatThrownBy(() -> client.get("/")).isInstanceOfSatisfying(AdminException.class,
                failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void asksAndGivesTheDocument() throws Exception {
        CompletableFuture<String> asked = answer("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n{ö");

        assertThat(new String(client().get("/api/x?a=b"), StandardCharsets.UTF_8)).isEqualTo("{ö");
        assertThat(asked.get(60, TimeUnit.SECONDS)).isEqualTo("GET /api/x?a=b HTTP/1.0\r\nHost: localhost\r\n\r\n");
    }

    @Test
    void kills() throws Exception {
        CompletableFuture<String> asked = answer("HTTP/1.1 200 OK\r\n\r\n{}");

        assertThat(client().kill(7)).isEqualTo("{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(asked.get(60, TimeUnit.SECONDS)).startsWith("POST /api/sessions/7/kill HTTP/1.0\r\n")
                .contains("\r\nMyproxy-Intent: kill\r\n");
    }

    @ParameterizedTest
    @CsvSource({"403,NOT_PERMITTED", "404,NOT_FOUND", "400,FAILED", "500,FAILED"})
    void saysWhatTheDaemonSays(int status, AdminException.Kind kind) {
        var _ = answer("HTTP/1.0 " + status + " No\r\n\r\n{\"api\":1,\"error\":\"because\"}");

        failure(client(), kind).hasMessage("because");
    }

    @Test
    void takesNothingElseForAnAnswer() {
        var _ = answer("");
        failure(client(), AdminException.Kind.UNREACHABLE).hasMessageContaining("closed the connection without");
        var _ = answer("Y\0\0\0\n5.7.30-whatever");
        failure(client(), AdminException.Kind.UNREACHABLE).hasMessageContaining("speaks no HTTP");
        var _ = answer("SMTP\r\n\r\n");
        failure(client(), AdminException.Kind.UNREACHABLE).hasMessageContaining("speaks no HTTP");
        var _ = answer("HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\n{");
        failure(client(), AdminException.Kind.UNREACHABLE).hasMessageContaining("the answer broke off");
        var _ = answer("HTTP/1.0 502 Bad gateway\r\n\r\n<html>");
        failure(client(), AdminException.Kind.FAILED)
                .hasMessage("HTTP status 502; is this really the socket of admin_listen?");
    }

    @Test
    void saysWhatToDoWhereThereIsNoDaemon() throws IOException {
        server.close();

        failure(client(), AdminException.Kind.UNREACHABLE)
                .hasMessage("Nobody listens on " + socket + ": Connection refused. The daemon that left it there is not"
                        + " running any more.");
        failure(new AdminClient(directory + "/none"), AdminException.Kind.UNREACHABLE)
                .hasMessageStartingWith("There is no socket " + directory + "/none: the daemon is not running, or its"
                        + " configuration lacks admin_listen('" + directory + "/none').");
        failure(new AdminClient("/" + "x".repeat(200)), AdminException.Kind.UNREACHABLE);
    }

    @Test
    void knowsNoAbstractSockets() {
        failure(new AdminClient("@admin"), AdminException.Kind.FAILED)
                .hasMessageStartingWith("Abstract sockets such as @admin");
    }

    @Test
    void givesUpOnADaemonThatHangs() {
        failure(new AdminClient(socket.toString(), Duration.ofMillis(50)), AdminException.Kind.UNREACHABLE)
                .hasMessageContaining("does not answer");
    }
}
