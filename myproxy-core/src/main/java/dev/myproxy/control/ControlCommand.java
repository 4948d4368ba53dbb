package dev.myproxy.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands of control datagrams, with their codes. */
public enum ControlCommand {
    NOP(0), TCACHE_INVALIDATE(1), ENABLE_NODE(2), FADE_NODE(3), NODE_STATUS(4), DUMP_POOLS(5), STATS(6), VERBOSE(7),
    FADE_CHILDREN(8), DISABLE_ZEROCONF(9), ENABLE_ZEROCONF(10), FLUSH_NFS_CACHE(11), FLUSH_FILTER_CACHE(12),
    STOPWATCH_PIPE(13), DISCARD_SESSION(14), FLUSH_HTTP_CACHE(15), TERMINATE_CHILDREN(16), DISABLE_QUEUE(17),
    ENABLE_QUEUE(18), RELOAD_STATE(19), DISCONNECT_DATABASE(20), DISABLE_URING(21), RESET_LIMITER(22),
    REJECT_CLIENT(23), TARPIT_CLIENT(24), CANCEL_JOB(25), EXPIRE_TCACHE_TAG(26);

    private static final Map<Integer, ControlCommand> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ControlCommand::code, Function.identity()));

    private final int code;
    private final String label = name().toLowerCase(Locale.ROOT);

    ControlCommand(int code) {
        this.code = code;
    }

    /** The command of a code; empty if we know none. */
    static Optional<ControlCommand> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The number on the wire, 16 bits. */
    public int code() {
        return code;
    }

    /** The name in metrics. */
    public String label() {
        return label;
    }
}
