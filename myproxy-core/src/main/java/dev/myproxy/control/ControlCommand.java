package dev.myproxy.control;

/** Commands of control datagrams that we send, with their codes. */
public enum ControlCommand {
    FADE_CHILDREN(8), FLUSH_FILTER_CACHE(12), DISCARD_SESSION(14), FLUSH_HTTP_CACHE(15), TERMINATE_CHILDREN(16),
    DISCONNECT_DATABASE(20), RESET_LIMITER(22), REJECT_CLIENT(23), TARPIT_CLIENT(24), CANCEL_JOB(25);

    private final int code;

    ControlCommand(int code) {
        this.code = code;
    }

    /** The number on the wire, 16 bits. */
    public int code() {
        return code;
    }
}
