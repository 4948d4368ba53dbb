package dev.myproxy.control.listen;

import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.ControlDatagram;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.posix.MessageReader;
import dev.myproxy.posix.PosixUsers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket for control datagrams.
 *
 * <p>Its start binds, so that datagrams may queue, but reads none until {@link ListenBus#ACCEPT}. It fails with an
 * {@link IOException} such as {@code Failed to bind to @foo: Address already in use}. A socket that fails later is never given
 * up. Its stop closes the socket and deletes the file of a Unix socket if that is still its own.
 */
public final class ControlVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ControlVerticle.class);

    private final Address configured;
    private final Callable<ControlSocket> opener;
    private final ControlOptions options;
    private final AccountSessions sessions;
    private final ControlMeters meters;
    private volatile Optional<Listening> listening = Optional.empty();
    private volatile Optional<Reception> reception = Optional.empty();

    /**
     * @param base directory that relative paths start from
     */
    public ControlVerticle(Address address, Path base, ControlOptions options, AccountSessions sessions,
            ControlMeters meters) {
        this(address, () -> ControlSocket.open(address, base, options), options, sessions, meters);
    }

    private ControlVerticle(Address address, Callable<ControlSocket> opener, ControlOptions options,
            AccountSessions sessions, ControlMeters meters) {
        this.configured = address;
        this.opener = opener;
        this.options = options;
        this.sessions = sessions;
        this.meters = meters;
    }

    /**
     * A listener on a socket that was made by somebody else.
     *
     * @param options without a group or an interface
     */
    public static ControlVerticle adopting(InheritedSocket socket, ControlOptions options, AccountSessions sessions,
            ControlMeters meters) {
        return new ControlVerticle(socket.address(), () -> ControlSocket.adopt(socket), options, sessions, meters);
    }

    @Override
    public Future<?> start() {
        ContextInternal own = (ContextInternal) context;
        if (!DatagramSource.worksIn(own)) {
            return Future.failedFuture(new IOException(
                    "Failed to bind to " + configured + ": control listeners need the native transport"));
        }
        return own.executeBlocking(() -> {
            ControlSocket socket = opener.call();
            return listening(own, socket, allowed(options));
        }).onSuccess(begun -> {
            listening = Optional.of(begun);
            vertx.eventBus().localConsumer(ListenBus.ACCEPT, _ -> begun.read());
        });
    }

    private Listening listening(ContextInternal own, ControlSocket socket, AllowedSenders allowed) {
        Address address = socket.address();
        if (options.allow().isEmpty() && !address.isLocal()) {
            LOG.warn(
                    "Control datagrams at {} count only if they come from a loopback address: name other senders in allow",
                    address);
        }
        // one byte more than is allowed tells those that are too long
        MessageReader reader = new MessageReader(ControlDatagram.LARGEST + 1);
        Reception receiver = new Reception(address, allowed, sessions, meters, System::nanoTime);
        reception = Optional.of(receiver);
        return new Listening(own, socket, reader, receiver,
                opener, meters);
    }

    /** Names those whose commands count from now on. Safe to call from every thread. */
    public void allow(ControlOptions changed) {
        reception.ifPresent(known -> known.allow(allowed(changed)));
    }

    private AllowedSenders allowed(ControlOptions said) {
        return AllowedSenders.of(said, PosixUsers.effectiveUid()).amongProcesses(!(configured instanceof Address.Inet));
    }

    @Override
    public Future<?> stop() {
        return listening.isPresent() ? listening.get().end() : Future.succeededFuture();
    }

    /** Whether datagrams are read now. Safe to call from every thread. */
    public boolean isReading() {
        return listening.filter(Listening::isReading).isPresent();
    }

    /** The address in log lines: as configured, with the true port if that was 0. Safe to call from every thread. */
    public Address address() {
        return listening.map(Listening::address).orElse(configured);
    }
}
