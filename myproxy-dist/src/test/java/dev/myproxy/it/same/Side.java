package dev.myproxy.it.same;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a client talks to: the server, or the daemon before it.
 *
 * @param address where
 * @param kind    of the server, there or behind
 * @param plugin  how clients authenticate there
 * @param tls     whether they ask for TLS
 */
record Side(Address address, Server.Kind kind, String plugin, boolean tls) {

    private static final String CLEAR = "mysql_clear_password";

    /** The server itself. */
    static Side direct(Server server) {
        return new Side(server.real().socket(), server.kind(), server.kind().plugin(), false);
    }

    /** The daemon. */
    static Side proxied(Address address, Server.Kind kind) {
        return new Side(address, kind, CLEAR, false);
    }

    /** The same by TLS. */
    Side encrypted() {
        return new Side(address, kind, plugin, true);
    }

    /** The server itself by TCP and TLS. */
    static Side directByTls(Server server) {
        return new Side(server.real().tcp(), server.kind(), server.kind().plugin(), true);
    }

    Login login(Account account, FlagSet flags, Greeting greeting) {
        long asked = (flags.flags() | account.with()) & ~account.without();
        return new Login(tls ? asked | Flags.SSL : asked, 1 << 24, account.charset(), flags.extended(), account.user(),
                secret(plugin, account.password(), greeting.salt()), account.database(), Optional.of(plugin),
                Map.of());
    }

    /** The payload of a COM_CHANGE_USER. */
    byte[] changeUser(Step.ChangeUser step, Greeting greeting, long flags) {
        byte[] secret = secret(plugin, step.password(), greeting.salt());
        PayloadWriter out = new PayloadWriter().u8(0x11).nulText(step.user()).u8(secret.length).bytes(secret)
                .nulText(step.database()).u16(45).nulText(plugin);
        return ((flags & Flags.CONNECT_ATTRS) == 0 ? out : out.lenenc(0)).toByteArray();
    }

    /**
     * Goes through an authentication whose first packet the client has sent.
     *
     * @return the packet that ends it; nothing if the connection ended
     */
    static Optional<Packet> authenticate(PacketStream stream, String password, byte[] firstSalt) throws IOException {
        while (true) {
            Optional<Packet> packet = stream.readEnd();
            if (packet.isEmpty() || packet.get().isOk() || packet.get().isErr()) {
                return packet;
            }
            PayloadReader in = packet.get().body();
            int next = packet.get().sequence() + 1;
            if (packet.get().first() == 0xfe) {
                String asked = in.nulText();
                byte[] salt = in.remaining() > 20 ? in.bytes(20) : firstSalt;
                stream.write(next, secret(asked, password, salt));
            } else if (in.u8() == 4) {
                // caching_sha2_password does not know the password yet, and a Unix socket is safe enough to send it.
                stream.write(next, Scrambles.clear(password));
            }
        }
    }

    private static byte[] secret(String plugin, String password, byte[] salt) {
        return switch (plugin) {
            case CLEAR -> Scrambles.clear(password);
            case "mysql_native_password" -> Scrambles.nativePassword(password, salt);
            case "caching_sha2_password" -> Scrambles.cachingSha2(password, salt);
            default -> throw new IllegalArgumentException("no such plugin: " + plugin);
        };
    }
}
