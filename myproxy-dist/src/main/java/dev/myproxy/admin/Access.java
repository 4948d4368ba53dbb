package dev.myproxy.admin;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.control.Sender;
import dev.myproxy.control.SenderRule;
import dev.myproxy.script.AdminOptions;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask for what. Pure.
 *
 * <p>To ask is for those that the options allow, besides root and the daemon's own user at Unix sockets. Nothing is for web
 * pages of others: a request that a browser sends on behalf of one is refused, and so is a name in the header {@code Host}
 * that somebody could make to mean this machine. To change something one must come through a Unix socket, as root or
 * the daemon's own user, and not from a browser at all.
 */
final class Access {

    /** The header of requests that change something. No browser sends it unless this server allows that, and it does not. */
    static final String INTENT = "Myproxy-Intent";

    private static final long ROOT = 0;

    private final AdminOptions options;
    private final long ownUid;

    /**
     * @param ownUid user id of the daemon
     */
    Access(AdminOptions options, long ownUid) {
        this.options = options;
        this.ownUid = ownUid;
    }

    private boolean mayAsk(AdminPeer peer) {
        if (peer.credentials().isPresent()) {
            PeerCredentials process = peer.credentials().get();
            Sender sender = new Sender.LocalProcess(process.pid(), Integer.toUnsignedLong(process.uid()),
                    Integer.toUnsignedLong(process.gid()));
            return isOwner(process)
                    || options.allow().map(rules -> permits(rules, sender)).orElse(!options.isPrivate());
        }
        return switch (peer.address()) {
            case Address.Inet(var socket) -> options.allow()
                    .map(rules -> permits(rules, new Sender.Host(socket.getAddress())))
                    .orElse(peer.address().isLocal());
            case Address.UnixPath _,Address.Abstract _ -> false;
        };
    }

    private static boolean permits(List<SenderRule> rules, Sender sender) {
        return rules.stream().anyMatch(rule -> rule.includes(sender));
    }

    /** Why a request is not answered, or none. */
    Optional<Answer> reads(AdminRequest request) {
        return mayAsk(request.peer())
                ? foreign(request)
                : Optional.of(Answer.problem(HttpResponseStatus.FORBIDDEN,
                        "You may not ask this: the option allow of admin_listen says who may"));
    }

    private Optional<Answer> foreign(AdminRequest request) {
        String host = request.header("Host").orElse("");
        if (!isHarmless(host)) {
            return Optional.of(Answer.problem(HttpResponseStatus.MISDIRECTED_REQUEST, "Unknown host name; use an IP"
                    + " address or localhost, or name it in the option hosts of admin_listen"));
        }
        boolean sameSite = Set.of("same-origin", "none").contains(request.header("Sec-Fetch-Site").orElse("none"))
                || isLink(request);
        boolean sameOrigin = request.header("Origin").map(origin -> origin.equals("http://" + host)).orElse(true);
        return sameSite && sameOrigin
                ? Optional.empty()
                : Optional.of(Answer.problem(HttpResponseStatus.FORBIDDEN, "Not for web pages of others"));
    }

    /** Whether somebody followed a link to the page, which shows nothing to where the link was. */
    private static boolean isLink(AdminRequest request) {
        return request.path().equals("/") && request.reads()
                && request.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()
                && request.header("Sec-Fetch-Dest").filter("document"::equals).isPresent();
    }

    /**
     * Why nothing is changed, or none.
     *
     * @param intent what the header has to say
     */
    Optional<Answer> changes(AdminRequest request, String intent) {
        return reads(request).or(() -> refusal(request, intent)
                .map(reason -> Answer.problem(HttpResponseStatus.FORBIDDEN, reason)));
    }

    private Optional<String> refusal(AdminRequest request, String intent) {
        if (request.peer().credentials().isEmpty()) {
            return Optional.of("This is done through a Unix socket only");
        }
        if (!isOwner(request.peer().credentials().get())) {
            return Optional.of("Only root and the user of the daemon may do this");
        }
        if (request.header("Origin").isPresent() || request.header("Sec-Fetch-Site").isPresent()) {
            return Optional.of("Not for browsers");
        }
        return request.header(INTENT).filter(intent::equals).isPresent()
                ? Optional.empty()
                : Optional.of("The header " + INTENT + ": " + intent + " is missing");
    }

    private boolean isOwner(PeerCredentials peer) {
        long uid = Integer.toUnsignedLong(peer.uid());
        return uid == ROOT || uid == ownUid;
    }

    /** Whether nobody else can make a host name mean this machine: it is an address, or known. */
    private boolean isHarmless(String host) {
        String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")
                || name.matches("\\[[0-9a-f:.]+(%[a-z0-9._~-]+)?]") || options.hosts().contains(name);
    }
}
