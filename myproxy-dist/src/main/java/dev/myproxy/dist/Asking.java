package dev.myproxy.dist;

import dev.myproxy.admin.client.AdminClient;
import dev.myproxy.admin.client.AdminException;
import dev.myproxy.admin.client.Reports;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code status}, {@code sessions}, {@code kill} and {@code reload}: asks a running daemon. */
final class Asking {

    private final Function<String, @Nullable String> environment;
    private final Consumer<String> out;
    private final Consumer<String> err;

    /**
     * @param environment gives the value of a variable, or null
     * @param out         takes the lines that were asked for
     * @param err         takes remarks
     */
    Asking(Function<String, @Nullable String> environment, Consumer<String> out, Consumer<String> err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Shows how the daemon does. */
    void run(Invocation.Status asked) throws FatalException {
        AdminClient daemon = client(asked.remote());
        try {
            byte[] status = daemon.get("/api/status");
            if (asked.remote().json()) {
                print(status);
            } else {
                Reports.status(status, daemon.get("/api/nodes"), Instant.now()).forEach(out);
            }
        } catch (AdminException e) {
            throw fatal(e);
        }
    }

    /** Shows sessions. */
    void run(Invocation.Sessions asked) throws FatalException {
        try {
            byte[] document = client(asked.remote()).get("/api/sessions" + query(asked.filters()));
            if (asked.remote().json()) {
                print(document);
            } else {
                Reports.sessions(document).forEach(out);
                Reports.remark(document).ifPresent(err);
            }
        } catch (AdminException e) {
            throw fatal(e);
        }
    }

    /** Ends a session. */
    void run(Invocation.Kill asked) throws FatalException {
        try {
            byte[] document = client(asked.remote()).kill(asked.id());
            if (asked.remote().json()) {
                print(document);
            } else {
                out.accept("Session " + asked.id() + " is over");
            }
        } catch (AdminException e) {
            throw fatal(e);
        }
    }

    /** Lets the daemon do what SIGHUP does. */
    void run(Invocation.Reload asked) throws FatalException {
        try {
            byte[] document = client(asked.remote()).reload();
            if (asked.remote().json()) {
                print(document);
            } else {
                Reports.reloaded(document).forEach(out);
            }
        } catch (AdminException e) {
            throw fatal(e);
        }
    }

    private AdminClient client(Invocation.Remote remote) {
        String fromEnvironment = environment.apply(RemoteCommands.SOCKET_VARIABLE);
        return new AdminClient(remote.socket().orElse(
                fromEnvironment == null || fromEnvironment.isEmpty()
                        ? RemoteCommands.DEFAULT_SOCKET
                        : fromEnvironment));
    }

    private void print(byte[] document) {
        out.accept(new String(document, StandardCharsets.UTF_8));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
    }

    private static FatalException fatal(AdminException failure) {
        ExitCode code = switch (failure.kind()) {
            case UNREACHABLE -> ExitCode.UNAVAILABLE;
            case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
            case NOT_FOUND, FAILED -> ExitCode.FAILURE;
        };
        return new FatalException(code, String.valueOf(failure.getMessage()));
    }
}
