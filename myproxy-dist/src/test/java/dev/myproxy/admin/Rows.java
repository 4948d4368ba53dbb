package dev.myproxy.admin;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.SessionSnapshot;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Things to show. */
final class Rows {

    static final Address SERVER = Address.inet(InetAddress.ofLiteral("10.0.0.1"), 3306);

    private Rows() {}

    /** A session in its command phase. */
    static SessionSnapshot session(long id, String account) {
        ByteString name = ByteString.of(account);
        return new SessionSnapshot(id, "pid=" + id + " uid=1000 " + name, Optional.of(name), new Address.UnixPath(""),
                new Address.Abstract("myproxy"), Optional.of(SERVER), false, Phase.COMMAND, Duration.ofSeconds(3),
                Duration.ofMillis(100_000 - id), id * 2, 1000 * id, 20_000 * id);
    }

    /** A session of which nothing is known yet. */
    static SessionSnapshot newcomer(long id) {
        Address client = Address.inet(InetAddress.ofLiteral("192.168.0.9"), 50_000);
        return new SessionSnapshot(id, client.toString(), Optional.empty(), client,
                new Address.UnixPath("/run/my.sock"),
                Optional.empty(), true, Phase.GREETING, Duration.ofMillis(5), Duration.ofMillis(7), 0, 0, 0);
    }

    static List<SessionSnapshot> sessions(int count) {
        List<SessionSnapshot> sessions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            sessions.add(session(i, "account" + i));
        }
        return sessions;
    }
}
