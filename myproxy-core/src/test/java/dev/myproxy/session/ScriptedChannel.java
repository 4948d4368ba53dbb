package dev.myproxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * A connection without a socket: a test is the peer. It sends, reads what it gets, takes nothing for a while, closes its
 * half, or resets the connection. Data is delivered as with epoll: while the proxy reads, and in any case when the peer has
 * closed its half.
 */
final class ScriptedChannel extends AbstractChannel implements DuplexChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final int MOST_KEPT = 1000;
    private static final SocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final ChannelConfig config;
    private final Deque<ByteBuf> toRead = new ArrayDeque<>();
    private final ByteBuf written = Unpooled.buffer();
    private boolean open = true;
    private boolean connected;
    private boolean readPending;
    private boolean blocked;
    private boolean peerClosed;
    private boolean inputShutdown;
    private boolean outputShutdown;
    private Consumer<ByteBuf> onRead = _ -> {};
    private Consumer<ByteBuf> onWrite = _ -> {};

    ScriptedChannel(ByteBufAllocator allocator) {
        super(null);
        config = new DefaultChannelConfig(this);
        config.setAllocator(allocator);
        config.setAutoRead(false);
    }

    /** Small marks, so that a few packets fill the socket. */
    void fillsSoon() {
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(16, 64));
    }

    /** The connection stands. */
    void connect() {
        connected = true;
    }

    /** Hears of what the proxy reads, before it does, and of what it writes; both are only to be looked at. */
    void observe(Consumer<ByteBuf> read, Consumer<ByteBuf> write) {
        onRead = read;
        onWrite = write;
    }

    /** What the peer has got first: no more than a login. */
    ByteBuf written() {
        return written;
    }

    /** Whether what the proxy has written and flushed does not go out, though nothing is in the way. */
    boolean holdsFlushed() {
        ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
        return !blocked && buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    /** Whether the proxy has sent its last byte. */
    boolean isFinished() {
        return !open || outputShutdown;
    }

    /** Whether the peer can send any more. */
    boolean takesData() {
        return open && !peerClosed;
    }

    /** Whether the peer has sent what the proxy has not read. */
    boolean hasUnread() {
        return !toRead.isEmpty();
    }

    /** The peer sends, if it still can. */
    void peerSends(byte[] data) {
        if (takesData() && data.length > 0) {
            toRead.add(config.getAllocator().heapBuffer(data.length).writeBytes(data));
            deliver();
        }
    }

    /** The peer closes its half. */
    void peerCloses() {
        peerClosed = true;
        deliver();
    }

    /** The peer resets the connection. */
    void peerResets() {
        if (open) {
            peerClosed = true;
            dropUnread();
            pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
            if (open) {
                unsafe().close(voidPromise());
            }
        }
    }

    /** The peer takes nothing, or takes what there is. */
    void block(boolean on) {
        blocked = on;
        if (!on && open) {
            ((Transfer) unsafe()).flush0();
        }
    }

    private void deliver() {
        while (open && !inputShutdown && (readPending || peerClosed) && !toRead.isEmpty()) {
            readPending = false;
            ByteBuf data = toRead.remove();
            onRead.accept(data);
            pipeline().fireChannelRead(data);
            pipeline().fireChannelReadComplete();
        }
        if (open && !inputShutdown && peerClosed) {
            unsafe().close(voidPromise());
        }
    }

    private void dropUnread() {
        toRead.forEach(ByteBuf::release);
        toRead.clear();
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        eventLoop().execute(this::deliver);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer buffer) {
        while (!blocked) {
            if (!(buffer.current() instanceof ByteBuf data)) {
                return;
            }
            int kept = Math.min(data.readableBytes(), MOST_KEPT - written.readableBytes());
            written.writeBytes(data, data.readerIndex(), kept);
            buffer.remove();
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        onWrite.accept((ByteBuf) message);
        return message;
    }

    @Override
    protected void doClose() {
        open = false;
        dropUnread();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doShutdownOutput() {
        outputShutdown = true;
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Transfer();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return ADDRESS;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return ADDRESS;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && connected;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown || !open;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown || !open;
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((Transfer) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        inputShutdown = true;
        return promise.setSuccess();
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        inputShutdown = true;
        return shutdownOutput(promise);
    }

    private final class Transfer extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException());
        }

        @Override
        protected void flush0() {
            super.flush0();
        }
    }
}
