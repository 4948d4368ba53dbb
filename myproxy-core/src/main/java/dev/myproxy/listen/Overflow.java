package dev.myproxy.listen;

import dev.myproxy.address.Address;
import dev.myproxy.posix.Errno;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.SpareDescriptor;
import dev.myproxy.posix.WaitingClients;
import io.netty.channel.Channel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.uring.ListeningChannel;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of a listener for whom no descriptor is left: tells each so, by way of a spare one, instead of letting it wait. Lives
 * on the listener's event loop.
 */
final class Overflow {

    private static final Logger LOG = LoggerFactory.getLogger(Overflow.class);

    /** So many clients are told in one go; then others have their turn on the event loop. */
    private static final int AT_ONCE = 64;

    private final UnixChannel listener;
    /** Before accepting without a descriptor, which fails even if nobody waits. */
    private final Runnable preparation;
    private final Refusal refusal;
    private final Runnable pause;
    private final RefusalLog log;
    private final SpareDescriptor spare = new SpareDescriptor();
    private volatile boolean rehearsed;

    private Overflow(UnixChannel listener, Address address, Refusal refusal, Runnable pause) {
        this.listener = listener;
        this.preparation = listener instanceof ListeningChannel uring ? uring::askFirst : () -> {};
        this.refusal = refusal;
        this.pause = pause;
        this.log = new RefusalLog(listener, address);
    }

    /**
     * Keeps a descriptor for the time when it is needed, until the listener is closed.
     *
     * @param pause stops accepting for a while, because clients can't be told
     * @return empty if that does not work with channels of this kind
     */
    static Optional<Overflow> of(Channel listener, Address address, Refusal refusal, Runnable pause) {
        if (!(listener instanceof UnixChannel unix)) {
            return Optional.empty();
        }
        Overflow overflow = new Overflow(unix, address, refusal, pause);
        overflow.rehearse();
        listener.closeFuture().addListener(_ -> overflow.close());
        return Optional.of(overflow);
    }

    /**
     * Has all classes loaded that are needed later: without a descriptor no file can be opened. Those that link functions of the C
     * library take as long as everything else of a listener, so another thread does it; until it is done, nobody is told.
     */
    private void rehearse() {
        ForkJoinPool.commonPool().execute(() -> {
            WaitingClients.rehearse();
            rehearsed = true;
        });
        preparation.run();
        try {
            spare.take();
            spare.release();
        } catch (ErrnoException e) {
            LOG.debug("No spare descriptor yet: {}", e.getMessage());
        }
        refill();
    }

    /**
     * Tells those who wait that there are too many.
     *
     * @param failure of accepting
     * @return false if it failed for another reason, or there is no spare descriptor, or the listener is only beginning: try again
     *         after a while
     */
    boolean handles(Throwable failure) {
        return rehearsed && failure instanceof NativeIoException io && isShortage(-io.expectedErr()) && dismissAll();
    }

    private static boolean isShortage(int errno) {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }

    private boolean dismissAll() {
        preparation.run();
        try {
            for (int told = 0; WaitingClients.isThereOne(listener.fd().intValue()); told++) {
                if (told == AT_ONCE) {
                    listener.eventLoop().execute(this::goOn);
                    return true;
                }
                refill();
                if (!spare.release()) {
                    return false;
                }
                WaitingClients.dismiss(listener.fd().intValue(), refusal.packet());
                refill();
                log.refused();
                refusal.told(listener.eventLoop());
            }
            return true;
        } catch (ErrnoException e) {
            refill();
            // Another thread was faster and has the spare one, or the client is gone.
            LOG.debug("A client can't be told that there are too many: {}", e.getMessage());
            return !isShortage(e.errno());
        }
    }

    private void goOn() {
        if (listener.isOpen() && !dismissAll()) {
            pause.run();
        }
    }

    private void refill() {
        try {
            spare.take();
        } catch (ErrnoException e) {
            LOG.debug("No spare descriptor: {}", e.getMessage());
        }
    }

    private void close() {
        try {
            spare.close();
        } catch (ErrnoException e) {
            LOG.warn("The spare descriptor of a listener can't be closed: {}", e.getMessage());
        }
    }
}
