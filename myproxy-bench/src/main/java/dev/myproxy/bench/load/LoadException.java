package dev.myproxy.bench.load;

import java.io.IOException;

/** Load that could not be made: a session was refused, broke, or got an error. The message says where and why. */
public final class LoadException extends IOException {

    private static final long serialVersionUID = 1;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
