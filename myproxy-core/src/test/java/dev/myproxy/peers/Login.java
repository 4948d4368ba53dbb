package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A handshake response of protocol 4.1.
 *
 * <pre>
 * flags(4) maxPacket(4) charset(2) filler(18) mariadbFlags(4) user NUL auth [database NUL] [plugin NUL] [attributes]
 * </pre>
 *
 * Which optional fields are there is told by the flags; {@code write} takes the flags as they are, right or wrong, except
 * for CONNECT_WITH_DB, which follows the database. The second byte of the charset is the first byte of what used to be
 * filler.
 */
@SuppressWarnings("ArrayRecordComponent") // Tests look at its parts and never compare it as a whole.
public record Login(long flags, long maxPacket, int charset, long mariadbFlags, String user, byte[] auth,
        Optional<String> database, Optional<String> plugin, Map<String, String> attributes) {

    /** A client that sends its password in clear. */
    public static Login clear(String user, String password) {
        return new Login(Flags.MODERN, 1 << 24, 45, 0, user, Scrambles.clear(password), Optional.empty(),
                Optional.of("mysql_clear_password"), Map.of());
    }

    public Login withFlags(long value) {
        return new Login(value, maxPacket, charset, mariadbFlags, user, auth, database, plugin, attributes);
    }

    /** The same with flags of MariaDB's extension, which LONG_PASSWORD would rule out. */
    public Login withMariadb(long value) {
        return new Login(flags & ~Flags.LONG_PASSWORD, maxPacket, charset, value, user, auth, database, plugin,
                attributes);
    }

    public Login with(long flag) {
        return withFlags(flags | flag);
    }

    public Login without(long flag) {
        return withFlags(flags & ~flag);
    }

    public Login withMaxPacket(long value) {
        return new Login(flags, value, charset, mariadbFlags, user, auth, database, plugin, attributes);
    }

    public Login withCharset(int value) {
        return new Login(flags, maxPacket, value, mariadbFlags, user, auth, database, plugin, attributes);
    }

    public Login withAuth(String pluginName, byte[] value) {
        return new Login(flags, maxPacket, charset, mariadbFlags, user, value, database, Optional.of(pluginName),
                attributes);
    }

    public Login withDatabase(String value) {
        return new Login(flags, maxPacket, charset, mariadbFlags, user, auth, Optional.of(value), plugin, attributes);
    }

    public Login withAttributes(Map<String, String> value) {
        return new Login(flags, maxPacket, charset, mariadbFlags, user, auth, database, plugin, value);
    }

    public boolean has(long flag) {
        return (flags & flag) == flag;
    }

    public byte[] write() {
        return write(user.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with the name of a user that need not be text. */
    public byte[] write(byte[] user) {
        long sent = database.isPresent() ? flags | Flags.CONNECT_WITH_DB : flags & ~Flags.CONNECT_WITH_DB;
        PayloadWriter out = new PayloadWriter().u32(sent).u32(maxPacket).u16(charset).zeros(18).u32(mariadbFlags);
        out.bytes(user).u8(0);
        if (has(Flags.PLUGIN_AUTH_LENENC)) {
            out.lenencBytes(auth);
        } else if (has(Flags.SECURE_CONNECTION)) {
            out.u8(auth.length).bytes(auth);
        } else {
            out.bytes(auth).u8(0);
        }
        database.ifPresent(out::nulText);
        if (has(Flags.PLUGIN_AUTH)) {
            out.nulText(plugin.orElse(""));
        }
        if (has(Flags.CONNECT_ATTRS)) {
            PayloadWriter pairs = new PayloadWriter();
            attributes.forEach((key, value) -> pairs.lenencText(key).lenencText(value));
            out.lenencBytes(pairs.toByteArray());
        }
        return out.toByteArray();
    }

    public static Login read(byte[] payload) {
        PayloadReader in = new PayloadReader(payload);
        long flags = in.u32();
        long maxPacket = in.u32();
        int charset = in.u16();
        in.bytes(18);
        long mariadbFlags = in.u32();
        String user = in.nulText();
        byte[] auth;
        if ((flags & Flags.PLUGIN_AUTH_LENENC) != 0) {
            auth = in.lenencBytes();
        } else if ((flags & Flags.SECURE_CONNECTION) != 0) {
            auth = in.bytes(in.u8());
        } else {
            auth = in.nulText().getBytes(StandardCharsets.UTF_8);
        }
        Optional<String> database = (flags & Flags.CONNECT_WITH_DB) == 0
                ? Optional.empty()
                : Optional.of(in.nulText());
        Optional<String> plugin = (flags & Flags.PLUGIN_AUTH) == 0 ? Optional.empty() : Optional.of(in.nulText());
        Map<String, String> attributes = new LinkedHashMap<>();
        if ((flags & Flags.CONNECT_ATTRS) != 0 && in.remaining() > 0) {
            PayloadReader pairs = new PayloadReader(in.lenencBytes());
            while (pairs.remaining() > 0) {
                attributes.put(pairs.lenencText(), pairs.lenencText());
            }
        }
        if (in.remaining() > 0) {
            throw new AssertionError(in.remaining() + " bytes too many in handshake response: "
                    + Arrays.toString(payload));
        }
        return new Login(flags, maxPacket, charset, mariadbFlags, user, auth, database, plugin, attributes);
    }
}
