package dev.myproxy.control.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.posix.MessageReader;
import dev.myproxy.posix.MessageReceiver;
import dev.myproxy.transport.Transport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class ListeningTest implements MessageReceiver {

    private final Vertx vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(Transport.preferred()).build();
    private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    private final String name = "myproxy-test-" + UUID.randomUUID();
    private final BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Override
    public void fromProcess(byte[] bytes, int pid, int uid, int gid) {
        sizes.add(bytes.length);
    }

    @Override
    public void fromHost(byte[] bytes, InetAddress host) {
        sizes.add(-1);
    }

    private ControlSocket open() throws IOException {
        return ControlSocket.open(new Address.Abstract(name), Path.of("/"), ControlOptions.DEFAULT);
    }

    /** The second attempt to open a socket again fails. */
    private ControlSocket openAgain() throws IOException {
        if (opened.incrementAndGet() == 1) {
            throw new IOException("not yet");
        }
        return open();
    }

    private void send(int size) {
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            socket.connect(AFUNIXSocketAddress.inAbstractNamespace(name));
            socket.send(new DatagramPacket(new byte[size], size));
        } catch (SocketException e) {
            assertThat(e).as("nobody has the address just now").isNotNull();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitDatagram(int size) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            send(size);
            return sizes.contains(size);
        });
    }

    @Test
    void aSocketThatFailsIsOpenedAnew() throws Exception {
        ControlSocket first = open();
        Listening listening = new Listening(context, first, new MessageReader(100), this, this::openAgain,
                new ControlMeters(registry));
        context.runOnContext(_ -> listening.read());
        context.runOnContext(_ -> listening.read());
        awaitDatagram(1);

        new Socket(first.socket().descriptor()).shutdown(true, true);

        awaitDatagram(2);
        assertThat(opened).hasValue(2);
        assertThat(registry.get("myproxy.control.socket.errors").counter().count()).isEqualTo(3);

        context.<Void>future(done -> context.runOnContext(_ -> listening.end().onComplete(done))).await();
        open().close();
    }

    @Test
    void whatEndsBeforeItBeginsIsClosed() throws Exception {
        Listening listening = new Listening(context, open(), new MessageReader(100), this, this::openAgain,
                new ControlMeters(registry));

        context.<Void>future(done -> context.runOnContext(_ -> listening.end().onComplete(done))).await();
        context.runOnContext(_ -> listening.read());

        open().close();
        assertThat(opened).hasValue(0);
    }
}
