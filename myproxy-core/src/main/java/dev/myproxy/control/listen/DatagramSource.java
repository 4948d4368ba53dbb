package dev.myproxy.control.listen;

import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.MessageReader;
import dev.myproxy.posix.MessageReceiver;
import dev.myproxy.posix.MessageSocket;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a socket on an epoll event loop, a few datagrams at a time, so that a flood of them does not keep the loop from its
 * other work. Level-triggered: what is left is reported again. Lives on the event loop of a context.
 */
final class DatagramSource implements EpollIoHandle {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramSource.class);

    /** EPOLLERR and EPOLLHUP, which are reported unasked. */
    private static final int TROUBLE = 0x8 | 0x10;
    private static final int AT_ONCE = 16;

    private final ContextInternal context;
    private final MessageSocket socket;
    private final MessageReader reader;
    private final MessageReceiver receiver;
    private final Consumer<IOException> failed;

    /**
     * @param receiver called in the context
     * @param failed   told, in the context, that the socket does not work; then it is not read until it is registered again
     */
    DatagramSource(ContextInternal context, MessageSocket socket, MessageReader reader, MessageReceiver receiver,
            Consumer<IOException> failed) {
        this.context = context;
        this.socket = socket;
        this.reader = reader;
        this.receiver = receiver;
        this.failed = failed;
    }

    /** Whether sockets can be read this way on the event loop of a context. */
    static boolean worksIn(ContextInternal context) {
        return context.nettyEventLoop() instanceof IoEventLoop loop && loop.isIoType(EpollIoHandler.class);
    }

    /** Begins to read. Cancelling what this gives ends it. */
    Future<IoRegistration> register() {
        return ((IoEventLoop) context.nettyEventLoop()).register(this).addListener(registered -> {
            if (registered.isSuccess()) {
                ((IoRegistration) registered.getNow()).submit(EpollIoOps.EPOLLIN);
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return new FileDescriptor(socket.descriptor());
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        boolean trouble = (((EpollIoEvent) event).ops().value() & TROUBLE) != 0;
        context.dispatch(_ -> read(registration, trouble));
    }

    private void read(IoRegistration registration, boolean trouble) {
        try {
            int count = 0;
            while (count < AT_ONCE && reader.read(socket, receiver)) {
                count++;
            }
            if (count == 0 && trouble) {
                broken(registration, new IOException("The socket was shut down"));
            }
        } catch (ErrnoException e) {
            broken(registration, e);
        } catch (RuntimeException e) {
            LOG.error("A control datagram could not be worked on", e);
        }
    }

    private void broken(IoRegistration registration, IOException reason) {
        registration.cancel();
        failed.accept(reason);
    }

    /** The event loop ends. Whoever opened the socket closes it. */
    @Override
    public void close() {
        LOG.debug("The event loop of a control listener has ended");
    }
}
