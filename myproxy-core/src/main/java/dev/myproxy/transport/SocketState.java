package dev.myproxy.transport;

import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.PosixSockets;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

/** What the system knows of the socket of a native channel, whatever events Netty asks for. On the channel's event loop. */
public final class SocketState {

    private SocketState() {}

    /** Whether a channel's socket can be asked. */
    public static boolean isKnown(Channel channel) {
        return channel instanceof UnixChannel && channel.isOpen();
    }

    /** Whether it is certain that the peer reads no more; false for channels that can't be asked. */
    public static boolean isBroken(Channel channel) {
        try {
            return isKnown(channel) && PosixSockets.isBroken(((UnixChannel) channel).fd().intValue());
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the socket takes some more data now, or fails to; true for channels that can't be asked. */
    public static boolean hasRoom(Channel channel) {
        try {
            return !isKnown(channel) || PosixSockets.hasRoom(((UnixChannel) channel).fd().intValue());
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes are in the socket's queue, which the peer has not taken yet; 0 for channels that can't be asked. */
    public static int queuedBytes(Channel channel) {
        try {
            return isKnown(channel) ? PosixSockets.queuedBytes(((UnixChannel) channel).fd().intValue()) : 0;
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }
}
