package dev.myproxy.tls;

import java.io.IOException;

/** A certificate, a key or a setting that can't be used. The message is for the administrator, and has no secrets. */
public final class TlsException extends IOException {

    private static final long serialVersionUID = 1;

    public TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
