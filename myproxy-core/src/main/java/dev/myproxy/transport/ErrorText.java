package dev.myproxy.transport;

import io.netty.channel.ConnectTimeoutException;
import java.io.FileNotFoundException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of strerror(3) for what went wrong with a socket, without what Netty and Java put around them. */
public final class ErrorText {

    /** Of EAGAIN: the backlog of a Unix socket is full. */
    static final String TRY_AGAIN = "Resource temporarily unavailable";

    private static final Pattern NATIVE = Pattern.compile("\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ?(.+)");

    private ErrorText() {}

    /** The text, such as {@code Connection refused}. */
    public static String of(Throwable failure) {
        Throwable original = original(failure);
        return switch (original) {
            case ConnectTimeoutException _,SocketTimeoutException _ -> "Connection timed out";
            // Netty's native channels say so instead of ENOENT and of both EHOSTUNREACH and ENETUNREACH.
            case FileNotFoundException e when e.getMessage() == null -> "No such file or directory";
            case NoRouteToHostException e when e.getMessage() == null -> "No route to host";
            case ClosedChannelException _,CancellationException _ -> "Closed before it was connected";
            default -> words(Objects.requireNonNullElse(original.getMessage(), original.toString()));
        };
    }

    /** Futures wrap failures, and Netty wraps a failure to connect in one of the same kind that names the address. */
    private static Throwable original(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof ExecutionException || failure instanceof CompletionException;
        if (cause == null || !(wrapper || cause.getClass().isInstance(failure))) {
            return failure;
        }
        return original(cause);
    }

    private static String words(String message) {
        Matcher matcher = NATIVE.matcher(message);
        return matcher.matches() ? matcher.group(1) : message;
    }
}
