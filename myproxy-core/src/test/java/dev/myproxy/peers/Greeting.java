package dev.myproxy.peers;

/**
 * The first packet of a server.
 *
 * <pre>
 * protocol(1) version NUL id(4) salt(8) 0 capabilities(2) charset(1) status(2) capabilities(2)
 * saltLength(1) reserved(6) mariadbCapabilities(4) salt(12) 0 [plugin NUL]
 * </pre>
 *
 * Protocol 9 ends behind the first part of the salt.
 */
@SuppressWarnings("ArrayRecordComponent") // Tests look at its parts and never compare it as a whole.
public record Greeting(int protocol, String version, long connectionId, byte[] salt, long capabilities, int charset,
        int status, int saltLength, long mariadbCapabilities, String plugin) {

    /** What a MySQL 8 server offers, without TLS and compression. */
    public static Greeting mysql(byte[] salt) {
        return new Greeting(10, "8.0.36", 4711, salt,
                Flags.MODERN | Flags.FOUND_ROWS | Flags.CONNECT_WITH_DB | Flags.LOCAL_FILES | Flags.IGNORE_SPACE
                        | Flags.INTERACTIVE | Flags.SESSION_TRACK | 1 << 12 | 1 << 14 | 1L << 22,
                255, Flags.AUTOCOMMIT, 21, 0, "mysql_native_password");
    }

    public Greeting withProtocol(int value) {
        return new Greeting(value, version, connectionId, salt, capabilities, charset, status, saltLength,
                mariadbCapabilities, plugin);
    }

    public Greeting withVersion(String value) {
        return new Greeting(protocol, value, connectionId, salt, capabilities, charset, status, saltLength,
                mariadbCapabilities, plugin);
    }

    public Greeting withSalt(byte[] value) {
        return new Greeting(protocol, version, connectionId, value, capabilities, charset, status, value.length + 1,
                mariadbCapabilities, plugin);
    }

    public Greeting withCapabilities(long value) {
        return new Greeting(protocol, version, connectionId, salt, value, charset, status, saltLength,
                mariadbCapabilities, plugin);
    }

    public Greeting without(long flags) {
        return withCapabilities(capabilities & ~flags);
    }

    /** The same with flags of MariaDB's extension, which LONG_PASSWORD would rule out. */
    public Greeting withMariadb(long value) {
        return new Greeting(protocol, version, connectionId, salt, capabilities & ~Flags.LONG_PASSWORD, charset, status,
                saltLength, value, plugin);
    }

    public Greeting with(long flags) {
        return withCapabilities(capabilities | flags);
    }

    public Greeting withPlugin(String value) {
        return new Greeting(protocol, version, connectionId, salt, capabilities, charset, status, saltLength,
                mariadbCapabilities, value);
    }

    public boolean has(long flag) {
        return (capabilities & flag) == flag;
    }

    public static Greeting read(byte[] payload) {
        PayloadReader in = new PayloadReader(payload);
        int protocol = in.u8();
        String version = in.nulText();
        long id = in.u32();
        PayloadWriter salt = new PayloadWriter().bytes(in.bytes(8));
        in.u8();
        if (in.remaining() == 0) {
            return new Greeting(protocol, version, id, salt.toByteArray(), 0, 0, 0, 0, 0, "");
        }
        long capabilities = in.u16();
        int charset = in.u8();
        int status = in.u16();
        capabilities |= (long) in.u16() << 16;
        int saltLength = in.u8();
        in.bytes(6);
        long mariadb = in.u32();
        if (saltLength > 8) {
            salt.bytes(in.bytes(saltLength - 9));
            in.u8();
        }
        String plugin = (capabilities & Flags.PLUGIN_AUTH) == 0 ? "" : in.nulText();
        return new Greeting(protocol, version, id, salt.toByteArray(), capabilities, charset, status, saltLength,
                mariadb, plugin);
    }

    public byte[] write() {
        PayloadWriter out = new PayloadWriter().u8(protocol).nulText(version).u32(connectionId);
        for (int i = 0; i < 8; i++) {
            out.u8(salt[i]);
        }
        out.u8(0);
        if (protocol < 10) {
            return out.toByteArray();
        }
        out.u16((int) capabilities).u8(charset).u16(status).u16((int) (capabilities >> 16));
        out.u8(has(Flags.PLUGIN_AUTH) ? saltLength : 0).zeros(6).u32(mariadbCapabilities);
        for (int i = 8; i < salt.length; i++) {
            out.u8(salt[i]);
        }
        if (salt.length > 8) {
            out.u8(0);
        }
        return has(Flags.PLUGIN_AUTH) ? out.nulText(plugin).toByteArray() : out.toByteArray();
    }
}
