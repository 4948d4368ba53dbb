package io.netty.channel.uring;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The options of a {@link StreamChannel}: those of every channel, that the peer may close its half, and some of TCP. */
@NullMarked
final class StreamConfig extends IoUringStreamChannelConfig {

    private final LinuxSocket socket;
    private volatile boolean halfClosureAllowed;

    StreamConfig(StreamChannel channel) {
        super(channel);
        this.socket = channel.socket;
    }

    boolean isHalfClosureAllowed() {
        return halfClosureAllowed;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), ChannelOption.ALLOW_HALF_CLOSURE);
    }

    @Override
    @SuppressWarnings("unchecked") // the option says what type its values have
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        try {
            Object value = own(option);
            return value == null ? super.getOption(option) : (T) value;
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    private @Nullable Object own(ChannelOption<?> option) throws IOException {
        if (option.equals(ChannelOption.ALLOW_HALF_CLOSURE)) {
            return halfClosureAllowed;
        } else if (option.equals(ChannelOption.TCP_NODELAY)) {
            return socket.isTcpNoDelay();
        } else if (option.equals(ChannelOption.SO_KEEPALIVE)) {
            return socket.isKeepAlive();
        } else if (option.equals(IoUringChannelOption.TCP_KEEPIDLE)) {
            return socket.getTcpKeepIdle();
        } else if (option.equals(IoUringChannelOption.TCP_KEEPINTVL)) {
            return socket.getTcpKeepIntvl();
        } else if (option.equals(IoUringChannelOption.TCP_KEEPCNT)) {
            return socket.getTcpKeepCnt();
        }
        return null;
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        try {
            if (option.equals(ChannelOption.ALLOW_HALF_CLOSURE)) {
                halfClosureAllowed = (Boolean) value;
            } else if (option.equals(ChannelOption.TCP_NODELAY)) {
                socket.setTcpNoDelay((Boolean) value);
            } else if (option.equals(ChannelOption.SO_KEEPALIVE)) {
                socket.setKeepAlive((Boolean) value);
            } else if (option.equals(IoUringChannelOption.TCP_KEEPIDLE)) {
                socket.setTcpKeepIdle((Integer) value);
            } else if (option.equals(IoUringChannelOption.TCP_KEEPINTVL)) {
                socket.setTcpKeepIntvl((Integer) value);
            } else if (option.equals(IoUringChannelOption.TCP_KEEPCNT)) {
                socket.setTcpKeepCnt((Integer) value);
            } else {
                return super.setOption(option, value);
            }
            return true;
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }
}
