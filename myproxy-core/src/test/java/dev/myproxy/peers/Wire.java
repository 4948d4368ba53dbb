package dev.myproxy.peers;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A connected stream socket whose every operation ends within a time limit.
 *
 * <p>One thread may read while another one writes; any thread may close.
 */
public final class Wire implements Closeable {

    /** How long operations may take unless told otherwise: longer than the busiest machine needs. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final SocketChannel channel;
    private final Selector readable;
    private final Object writing = new Object();
    private @Nullable Selector writable;
    private volatile Duration limit = LIMIT;
    private volatile @Nullable WireTls tls;

    /** Takes a connected channel over. */
    public Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        readable = channel.provider().openSelector();
        channel.register(readable, SelectionKey.OP_READ);
    }

    /** Changes the time limit of each operation that starts from now on. */
    public void limit(Duration limit) {
        this.limit = limit;
    }

    public SocketChannel channel() {
        return channel;
    }

    /**
     * Reads what is there, at least one byte.
     *
     * @return how many bytes; -1 at the end of the stream
     * @throws SocketTimeoutException if nothing came in time
     */
    public int readSome(ByteBuffer into) throws IOException {
        return readSome(into, limit);
    }

    /** As {@link #readSome(ByteBuffer)} with a limit of its own. */
    public int readSome(ByteBuffer into, Duration limit) throws IOException {
        WireTls encryption = tls;
        return encryption == null ? readRaw(into, limit) : encryption.read(into, limit);
    }

    private int readRaw(ByteBuffer into, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            int count = channel.read(into);
            if (count != 0) {
                return count;
            }
            await(readable, deadline, "read");
        }
    }

    /**
     * Fills the rest of a buffer.
     *
     * @throws EOFException if the stream ended before
     */
    public void readFully(ByteBuffer into) throws IOException {
        int wanted = into.remaining();
        while (into.hasRemaining()) {
            if (readSome(into) < 0) {
                throw new EOFException("stream ended with " + into.remaining() + " of " + wanted + " bytes missing");
            }
        }
    }

    /** Writes all of a buffer. */
    public void write(ByteBuffer from) throws IOException {
        WireTls encryption = tls;
        if (encryption == null) {
            writeRaw(from);
        } else {
            encryption.write(from);
        }
    }

    /**
     * Shakes hands; what is read and written from then on is encrypted.
     *
     * @param early what has been read already; all of it is taken
     */
    public void encrypt(SSLEngine engine, ByteBuffer early) throws IOException {
        WireTls encryption = new WireTls(engine, early, new WireTls.Below() {
            @Override
            public int read(ByteBuffer into, Duration limit) throws IOException {
                return readRaw(into, limit);
            }

            @Override
            public void write(ByteBuffer from) throws IOException {
                writeRaw(from);
            }
        });
        encryption.shakeHands(limit);
        tls = encryption;
    }

    /** Tells the peer, within TLS, that nothing more follows. */
    public void closeNotify() throws IOException {
        WireTls encryption = tls;
        if (encryption == null) {
            throw new IllegalStateException("no TLS");
        }
        encryption.closeOutput();
    }

    /** Writes all of a buffer as it is, past TLS. */
    public void writeRaw(ByteBuffer from) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(writable(), deadline, "written");
            } else {
                deadline = System.nanoTime() + limit.toNanos();
            }
        }
    }

    /**
     * Writes as much as the socket takes at once.
     *
     * @return how many bytes; 0 if the peer does not read
     */
    public int writeSome(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    /** Sends the end of the stream; reading goes on. */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Closes a TCP connection with a reset. A Unix socket knows no reset: its peer sees one only for unread bytes. */
    public void reset() throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)
                && channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        close();
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /** The descriptor itself is released only once no selector knows the channel any more: all three are closed. */
    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        synchronized (writing) {
            if (writable != null) {
                writable.close();
            }
        }
    }

    /** Made at the first need: most connections never fill their socket, and tests have thousands of them. */
    private Selector writable() throws IOException {
        synchronized (writing) {
            if (writable == null) {
                writable = channel.provider().openSelector();
                channel.register(writable, SelectionKey.OP_WRITE);
            }
            return writable;
        }
    }

    private static void await(Selector selector, long deadline, String what) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("nothing could be " + what + " in time");
        }
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException("closed by this side", e);
        }
    }
}
