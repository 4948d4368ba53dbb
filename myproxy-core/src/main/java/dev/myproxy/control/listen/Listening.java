package dev.myproxy.control.listen;

import dev.myproxy.address.Address;
import dev.myproxy.posix.MessageReader;
import dev.myproxy.posix.MessageReceiver;
import dev.myproxy.transport.ErrorText;
import io.netty.channel.IoRegistration;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a socket whatever happens to it: one that fails is read again after a pause, and if that does not help it is closed
 * and opened anew, in growing intervals. One log line says that it began, and one that it is over. Lives in a context.
 */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;
    private static final long WELL_AGAIN_MILLIS = 2_000;

    private final ContextInternal context;
    private final Address address;
    private final MessageReader reader;
    private final MessageReceiver receiver;
    private final Callable<ControlSocket> opener;
    private final ControlMeters meters;
    private Optional<ControlSocket> open;
    private Optional<IoRegistration> registration = Optional.empty();
    private long pauseMillis = FIRST_MILLIS;
    private int failures;
    private volatile boolean reading;
    private boolean ended;

    /**
     * @param open   the first socket
     * @param opener opens another one in the place of one that was closed; may block
     */
    Listening(ContextInternal context, ControlSocket open, MessageReader reader, MessageReceiver receiver,
            Callable<ControlSocket> opener, ControlMeters meters) {
        this.context = context;
        this.address = open.address();
        this.open = Optional.of(open);
        this.reader = reader;
        this.receiver = receiver;
        this.opener = opener;
        this.meters = meters;
    }

    Address address() {
        return address;
    }

    /** Whether it reads now; for every thread. */
    boolean isReading() {
        return reading;
    }

    /** Begins to read, or goes on. */
    void read() {
        if (ended || open.isEmpty() || reading) {
            return;
        }
        reading = true;
        DatagramSource source = new DatagramSource(context, open.get().socket(), reader, receiver, this::failed);
        PromiseInternal<IoRegistration> registered = context.promise();
        source.register().addListener(registered);
        registered.future().onComplete(this::registered, this::failed);
    }

    private void registered(IoRegistration begun) {
        registration = Optional.of(begun);
        if (ended) {
            begun.cancel();
        } else if (failures > 0) {
            int before = failures;
            context.setTimer(WELL_AGAIN_MILLIS, _ -> wellSince(before));
        }
    }

    private void failed(Throwable reason) {
        if (ended) {
            return;
        }
        registration = Optional.empty();
        reading = false;
        meters.socketError();
        failures++;
        if (failures == 1) {
            LOG.warn("Failed to receive control datagrams at {}: {}; trying again until it works", address,
                    ErrorText.of(reason));
        } else {
            LOG.debug("Failed again to receive control datagrams at {}: {}", address, ErrorText.of(reason));
        }
        boolean anew = failures > 1;
        context.setTimer(pauseMillis, _ -> resume(anew));
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_MILLIS);
    }

    private void resume(boolean anew) {
        if (ended) {
            return;
        }
        if (!anew) {
            read();
            return;
        }
        close().recover(e -> {
            LOG.debug("The old socket of {} did not close well", address, e);
            return Future.succeededFuture();
        }).compose(_ -> context.executeBlocking(opener)).onComplete(this::opened, this::failed);
    }

    private void opened(ControlSocket fresh) {
        open = Optional.of(fresh);
        if (ended) {
            close().onFailure(e -> LOG.warn("The socket {} did not close well", address, e));
        } else {
            read();
        }
    }

    private void wellSince(int before) {
        if (failures == before && !ended) {
            LOG.warn("Receiving control datagrams at {} again; it failed {} times", address, failures);
            failures = 0;
            pauseMillis = FIRST_MILLIS;
        }
    }

    /** Ends it for ever. */
    Future<Void> end() {
        ended = true;
        reading = false;
        registration.ifPresent(IoRegistration::cancel);
        return close();
    }

    private Future<Void> close() {
        Optional<ControlSocket> old = open;
        open = Optional.empty();
        return context.executeBlocking(() -> {
            if (old.isPresent()) {
                old.get().close();
            }
            return true;
        }).mapEmpty();
    }
}
