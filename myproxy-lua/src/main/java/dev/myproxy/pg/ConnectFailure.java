package dev.myproxy.pg;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Why a server could not be reached, in one line, as libpq begins such messages. */
final class ConnectFailure {

    /** What systems say; transports put it into different sentences. */
    private static final List<String> SYSTEM = List.of("Connection refused", "Connection timed out",
            "Connection reset by peer", "No such file or directory", "No route to host", "Network is unreachable",
            "Permission denied");

    private ConnectFailure() {}

    static String text(Server server, Throwable failure) {
        return "connection to " + server.where() + " failed: " + reason(failure);
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case PgException refused -> refusal(refused);
            case PgFailure said -> said.text();
            case ClosedConnectionException _ -> "server closed the connection unexpectedly";
            case TimeoutException _ -> "timeout expired";
            case UnknownHostException _ -> "could not translate host name to address";
            default -> system(failure);
        };
    }

    private static String refusal(PgException refused) {
        StringBuilder text = new StringBuilder(refused.getSeverity() + ":  " + refused.getErrorMessage());
        Optional.ofNullable(refused.getDetail()).ifPresent(detail -> text.append(" DETAIL:  ").append(detail));
        Optional.ofNullable(refused.getHint()).ifPresent(hint -> text.append(" HINT:  ").append(hint));
        return squeeze(text.toString());
    }

    private static String system(Throwable failure) {
        String message = Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
        return SYSTEM.stream().filter(message::contains).findFirst().orElseGet(() -> squeeze(message));
    }

    private static String squeeze(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
