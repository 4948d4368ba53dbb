package dev.myproxy.listen;

import dev.myproxy.address.Address;
import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.posix.PosixFiles;
import dev.myproxy.transport.ErrorText;
import dev.myproxy.transport.SocketOptions;
import dev.myproxy.transport.Transport;
import io.netty.channel.ServerChannel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket, which it binds or was given.
 *
 * <p>Its start binds and listens, so that clients may queue, but accepts nobody until {@link ListenBus#ACCEPT}, unless it
 * is told to begin {@link #atOnce}. It fails with an {@link IOException} such as
 * {@code Failed to bind to @foo: Address already in use}. Its stop closes the socket and deletes the file of a Unix socket if
 * that is still its own.
 *
 * <p>Absolute paths: a socket that a dead process has left there is replaced, a live process's socket and files of other
 * kinds are left alone, and every user may connect. Relative paths: whatever exists is left alone, and the umask decides
 * who may connect.
 */
public final class ListenerVerticle extends VerticleBase {

    private static final int BACKLOG = 4096;

    private final Transport transport;
    private final Address address;
    private final Path base;
    private final EventLoopBalance loops;
    private final Consumer<AcceptedClient> consumer;
    private final Optional<InheritedSocket> inherited;
    private boolean atOnce;
    private OptionalInt mode = OptionalInt.empty();
    private Optional<Refusal> refusal = Optional.empty();
    private volatile @Nullable ServerChannel channel;
    private volatile Optional<SocketFile> file = Optional.empty();

    /**
     * @param base     directory that relative paths start from
     * @param loops    shared by all listeners
     * @param consumer called with each client, on the event loop of the client's channel
     */
    public ListenerVerticle(Transport transport, Address address, Path base, EventLoopBalance loops,
            Consumer<AcceptedClient> consumer) {
        this(transport, address, base, loops, consumer, Optional.empty());
    }

    private ListenerVerticle(Transport transport, Address address, Path base, EventLoopBalance loops,
            Consumer<AcceptedClient> consumer, Optional<InheritedSocket> inherited) {
        this.transport = transport;
        this.address = address;
        this.base = base;
        this.loops = loops;
        this.consumer = consumer;
        this.inherited = inherited;
    }

    /**
     * A listener on a socket that was made by somebody else, who has said all there is to say about it.
     *
     * @param loops    shared by all listeners
     * @param consumer called with each client, on the event loop of the client's channel
     */
    public static ListenerVerticle adopting(Transport transport, InheritedSocket socket, EventLoopBalance loops,
            Consumer<AcceptedClient> consumer) {
        return new ListenerVerticle(transport, socket.address(), Path.of("/"), loops, consumer, Optional.of(socket));
    }

    /** Lets it accept clients as soon as it has started. To be called before it is deployed. */
    public ListenerVerticle atOnce() {
        atOnce = true;
        return this;
    }

    /**
     * Lets it tell clients that there are too many when there is no descriptor for them; else they wait until there is one. Works
     * with native channels. To be called before it is deployed.
     */
    public ListenerVerticle refusing(Refusal words) {
        refusal = Optional.of(words);
        return this;
    }

    /**
     * Sets who may connect to a Unix socket in the file system that it makes. To be called before it is deployed.
     *
     * @param permissions of the file, such as 0600
     */
    public ListenerVerticle mode(int permissions) {
        mode = OptionalInt.of(permissions);
        return this;
    }

    /**
     * Sets who may connect to the Unix socket in the file system that it has made; does nothing if it has made none. Blocks as
     * long as the file system does. To be called when it has started.
     *
     * @param permissions of the file, such as 0600
     */
    public void changeMode(int permissions) throws IOException {
        if (file.isPresent()) {
            file.get().setMode(permissions);
        }
    }

    /** Whether it accepts clients now. */
    public boolean isAccepting() {
        ServerChannel open = channel;
        return open != null && open.isOpen() && open.config().isAutoRead();
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().localConsumer(ListenBus.ACCEPT, _ -> accept());
        return vertx.executeBlocking(this::open)
                .compose(opened -> register(opened).recover(e -> stop().transform(_ -> Future.failedFuture(e))))
                .onSuccess(_ -> {
                    if (atOnce) {
                        accept();
                    }
                });
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            if (file.isPresent()) {
                file.get().remove();
            }
            return true;
        }).eventually(this::close);
    }

    /** The address in log lines and metrics: as configured, with the true port if that was 0. */
    public Address address() {
        return channel != null && address instanceof Address.Inet(var socket) && socket.getPort() == 0
                ? Address.of(channel.localAddress())
                : address;
    }

    private void accept() {
        if (channel != null && channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
    }

    private ServerChannel open() throws IOException {
        if (inherited.isPresent()) {
            return adopt(inherited.get());
        }
        try {
            if (!(address instanceof Address.UnixPath(var path))) {
                return transport.sockets().listen(address, BACKLOG);
            }
            return openFile(Path.of(path));
        } catch (IOException | RuntimeException e) {
            throw new IOException("Failed to bind to " + address + ": " + reason(e), e);
        }
    }

    private ServerChannel adopt(InheritedSocket socket) throws IOException {
        int descriptor = socket.open();
        try {
            return transport.sockets().adopt(descriptor, address);
        } catch (IOException | RuntimeException e) {
            PosixFiles.close(descriptor);
            throw new IOException("Failed to take over " + socket + ": " + reason(e), e);
        }
    }

    private ServerChannel openFile(Path path) throws IOException {
        Path absolute = base.resolve(path);
        if (path.isAbsolute()) {
            SocketFile.makeRoom(absolute);
        } else {
            SocketFile.expectRoom(absolute);
        }
        ServerChannel opened = transport.sockets().listen(new Address.UnixPath(absolute.toString()), BACKLOG);
        try {
            SocketFile bound = SocketFile.of(absolute);
            file = Optional.of(bound);
            if (mode.isPresent()) {
                bound.setMode(mode.getAsInt());
            } else if (path.isAbsolute()) {
                bound.openToEveryone();
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.unsafe().closeForcibly();
            Files.deleteIfExists(absolute);
            throw e;
        }
    }

    private static String reason(Exception e) {
        return e instanceof InvalidPathException
                ? "The path can't be written in the character set of the locale"
                : ErrorText.of(e);
    }

    private Future<Void> register(ServerChannel opened) {
        channel = opened;
        opened.config().setAutoRead(false);
        boolean inheriting = inherited.isEmpty() && SocketOptions.inherit(opened);
        opened.pipeline().addLast(new Acceptor(opened, address(), inheriting, loops, consumer, refusal));
        PromiseInternal<Void> registered = ((ContextInternal) context).promise();
        loops.next().register(opened).addListener(registered);
        return registered.future();
    }

    private Future<Void> close() {
        if (channel == null) {
            return Future.succeededFuture();
        }
        PromiseInternal<Void> closed = ((ContextInternal) context).promise();
        channel.close().addListener(closed);
        return closed.future();
    }
}
