package dev.myproxy.admin;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.SessionSnapshot;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.PeerTls;
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
                Optional.empty(), new Address.Abstract("myproxy"), Optional.empty(), Optional.of(SERVER),
                Optional.empty(), false, Phase.COMMAND, Duration.ofSeconds(3),
                Duration.ofMillis(100_000 - id), id * 2, 1000 * id, 20_000 * id);
    }

    /** A session of which nothing is known yet. */
    static SessionSnapshot newcomer(long id) {
        Address client = Address.inet(InetAddress.ofLiteral("192.168.0.9"), 50_000);
        return new SessionSnapshot(id, client.toString(), Optional.empty(), client,
                Optional.empty(), new Address.UnixPath("/run/my.sock"), Optional.empty(), Optional.empty(),
                Optional.empty(), true, Phase.GREETING, Duration.ofMillis(5), Duration.ofMillis(7), 0, 0, 0);
    }

    /** A session whose client came through a balancer, encrypted and with a certificate, and whose server is encrypted, too. */
    static SessionSnapshot encrypted(long id) {
        Address client = Address.inet(InetAddress.ofLiteral("203.0.113.7"), 50_000);
        ByteString account = ByteString.of("jane");
        PeerTls tls = new PeerTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of("db.example.org"),
                Optional.of(new PeerTls.PeerCertificate("CN=web,O=Example", "ab".repeat(32))));
        return new SessionSnapshot(id, client + " " + account, Optional.of(account), client,
                Optional.of(tls), Address.inet(InetAddress.ofLiteral("10.0.0.20"), 3306),
                Optional.of(Address.inet(InetAddress.ofLiteral("10.0.0.250"), 41_000)), Optional.of(SERVER),
                Optional.of(new Encryption("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")), false, Phase.COMMAND,
                Duration.ofSeconds(3), Duration.ofSeconds(9), 1, 2, 3);
    }

    static List<SessionSnapshot> sessions(int count) {
        List<SessionSnapshot> sessions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            sessions.add(session(i, "account" + i));
        }
        return sessions;
    }
}
