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

    /** EAGAIN: the backlog of a Unix socket is full. */
    private static final int TRY_AGAIN = 11;

    private static final Pattern NATIVE = Pattern
            .compile("(?:io_uring )?\\w+\\(\\.\\.\\) failed(?: with error\\(-?(?<errno>\\d{1,5})\\))?: ?(?<text>.+)");

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

    /** Whether a Unix socket was too busy to take one more client. By its number: the text depends on the locale. */
    static boolean isTryAgain(Throwable failure) {
        Matcher matcher = NATIVE.matcher(Objects.requireNonNullElse(original(failure).getMessage(), ""));
        String errno = matcher.matches() ? matcher.group("errno") : null;
        return errno != null && Integer.parseInt(errno) == TRY_AGAIN;
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
        return matcher.matches() ? matcher.group("text") : message;
    }
}
