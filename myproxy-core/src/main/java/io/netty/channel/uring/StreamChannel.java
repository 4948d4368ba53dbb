package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is read to its end when its peer is gone. Netty's own channels stop when a read leaves nothing behind, and
 * so never see that the peer has broken the connection right behind its last words: the kernel says that only once (4.2.18).
 * Stands in Netty's package because the class below it is visible there alone.
 */
@NullMarked
abstract class StreamChannel extends AbstractIoUringStreamChannel {

    private final StreamConfig config = new StreamConfig(this);

    StreamChannel(@Nullable Channel parent, LinuxSocket socket, boolean connected) {
        super(parent, socket, connected);
    }

    @Override
    public final ChannelConfig config() {
        return config;
    }

    @Override
    protected boolean shouldCompleteReadLoop(int flags, boolean multishot) {
        return !isPeerGone() && super.shouldCompleteReadLoop(flags, multishot);
    }

    /** Whether the kernel has said that nothing more will come behind what is there. */
    final boolean isPeerGone() {
        IoUringRecvByteAllocatorHandle handle = (IoUringRecvByteAllocatorHandle) unsafe().recvBufAllocHandle();
        return handle.continueReading(UncheckedBooleanSupplier.FALSE_SUPPLIER);
    }

    @Override
    protected AbstractUringUnsafe newUnsafe() {
        return new Operations();
    }

    @SuppressWarnings("try") // its close() is not for try with resources, and interrupts nobody
    private final class Operations extends IoUringStreamUnsafe {

        /** Without memory for what is to be read, the class below would end the event loop. */
        @Override
        protected int scheduleRead0(boolean first, boolean socketIsEmpty) {
            try {
                return super.scheduleRead0(first, socketIsEmpty);
            } catch (OutOfMemoryError e) {
                eventLoop().execute(() -> pipeline().fireExceptionCaught(e));
                return 0;
            }
        }

        @Override
        protected void readComplete0(byte operation, int result, int flags, short id, int outstanding) {
            boolean end = result == 0;
            if (end && config.isHalfClosureAllowed() && !isInputShutdown()) {
                // this read is over: whoever stops reading now has nothing to cancel
                readId = 0;
                shutDownInput();
            }
            super.readComplete0(operation, result, flags, id, outstanding);
        }

        /**
         * The class below then finds it done, and does not close the socket. It does so even if this fails, as it does when
         * the peer has broken the connection and a write was told so: then nobody else would ever notice.
         */
        private void shutDownInput() {
            try {
                socket.shutdown(true, false);
            } catch (IOException | NotYetConnectedException e) {
                close(voidPromise());
                return;
            }
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }
}
