package dev.myproxy.transport;

import dev.myproxy.posix.Errno;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.FileNotFoundException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of strerror(3) for what went wrong with a socket, without what Netty and Java put around them. */
public final class ErrorText {

    /** What Java's own channels say, which give no numbers. */
    private static final Set<String> WITHOUT_DESCRIPTOR = Set.of(Errno.text(Errno.EMFILE), Errno.text(Errno.ENFILE));

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
        return errno(failure) == Errno.EAGAIN;
    }

    /** Whether this process, or the whole system, has no descriptor left, so that the peer is not to blame. */
    public static boolean isWithoutDescriptor(Throwable failure) {
        int errno = errno(failure);
        return errno == Errno.EMFILE || errno == Errno.ENFILE || WITHOUT_DESCRIPTOR.contains(of(failure));
    }

    /** The number that Netty's native channels give; 0 if there is none. */
    private static int errno(Throwable failure) {
        Matcher matcher = NATIVE.matcher(Objects.requireNonNullElse(original(failure).getMessage(), ""));
        String errno = matcher.matches() ? matcher.group("errno") : null;
        return errno == null ? 0 : Integer.parseInt(errno);
    }

    /** Futures wrap failures, and Netty wraps a failure to connect in one of the same kind that names the address. */
    private static Throwable original(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof ExecutionException || failure instanceof CompletionException
                || failure instanceof ChannelException || failure instanceof DecoderException;
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
