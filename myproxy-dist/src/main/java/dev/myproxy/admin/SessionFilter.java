package dev.myproxy.admin;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.SessionSnapshot;
import dev.myproxy.text.Nearest;
import dev.myproxy.tls.PeerTls;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which sessions are asked for. Pure.
 *
 * @param account this account
 * @param server  at this server, with or without its port
 * @param phase   in this phase
 * @param search  with this text in their account, client, certificate, balancer, listener or server, whatever the case
 * @param limit   at most so many
 */
record SessionFilter(Optional<String> account, Optional<String> server, Optional<Phase> phase, Optional<String> search,
        int limit) {

    static final int DEFAULT_LIMIT = 1000;
    static final int MAX_LIMIT = 100_000;

    private static final Set<String> PARAMETERS = new TreeSet<>(
            Set.of("account", "server", "phase", "search", "limit"));

    private static final List<String> PHASES = Arrays.stream(Phase.values()).map(Phase::label).toList();

    /** Reads the query of a request. */
    static SessionFilter of(AdminRequest request) throws BadRequestException {
        for (String name : request.parameters().names()) {
            if (!PARAMETERS.contains(name)) {
                throw new BadRequestException("Unknown parameter \"" + name + "\"" + Nearest.hint(name, PARAMETERS)
                        + " (parameters: " + String.join(", ", PARAMETERS) + ")");
            }
        }
        return new SessionFilter(request.parameter("account"), request.parameter("server"),
                phase(request.parameter("phase")), request.parameter("search").map(SessionFilter::folded),
                limit(request.parameter("limit")));
    }

    private static Optional<Phase> phase(Optional<String> label) throws BadRequestException {
        if (label.isEmpty()) {
            return Optional.empty();
        }
        Optional<Phase> phase = Arrays.stream(Phase.values()).filter(p -> p.label().equals(label.get())).findFirst();
        if (phase.isEmpty()) {
            throw new BadRequestException(
                    "Unknown phase \"" + label.get() + "\" (phases: " + String.join(", ", PHASES) + ")");
        }
        return phase;
    }

    private static int limit(Optional<String> text) throws BadRequestException {
        try {
            int limit = text.map(Integer::parseInt).orElse(DEFAULT_LIMIT);
            if (limit >= 0 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // answered below, as any other bad number
        }
        throw new BadRequestException("limit must be a number from 0 to " + MAX_LIMIT);
    }

    boolean matches(SessionSnapshot session) {
        return account.map(name -> name.equals(accountOf(session))).orElse(true)
                && server.map(name -> isAt(serverOf(session), name)).orElse(true)
                && phase.map(wanted -> wanted == session.phase()).orElse(true)
                && search.map(text -> has(session, text)).orElse(true);
    }

    private static boolean isAt(String server, String wanted) {
        return server.equals(wanted) || server.startsWith(wanted + ":");
    }

    private static boolean has(SessionSnapshot session, String text) {
        return Stream.of(accountOf(session), SessionsDocument.client(session), session.listener().toString(),
                serverOf(session), session.proxy().map(Address::toString).orElse(""), subjectOf(session))
                .anyMatch(value -> folded(value).contains(text));
    }

    private static String accountOf(SessionSnapshot session) {
        return session.account().map(ByteString::utf8).orElse("");
    }

    private static String serverOf(SessionSnapshot session) {
        return session.server().map(Address::toString).orElse("");
    }

    private static String subjectOf(SessionSnapshot session) {
        return session.tls().flatMap(PeerTls::certificate).map(PeerTls.PeerCertificate::subject).orElse("");
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
