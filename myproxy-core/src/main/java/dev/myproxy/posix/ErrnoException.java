package dev.myproxy.posix;

import java.io.IOException;

/** A call of the C library that failed. The message is what strerror(3) says, such as {@code No such process}. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    ErrnoException(int errno, String text) {
        super(text);
        this.errno = errno;
    }

    /** The error's number, one of {@link Errno} or another. */
    public int errno() {
        return errno;
    }
}
