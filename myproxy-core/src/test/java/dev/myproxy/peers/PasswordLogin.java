package dev.myproxy.peers;

import java.io.IOException;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;

/**
 * A client that has a user and a password of any bytes, and answers by whatever plugin it is asked for, as drivers do.
 *
 * @param user     without NUL
 * @param password without NUL
 * @param charset  collation of the connection, as which a server reads the user's name
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PasswordLogin(byte[] user, byte[] password, int charset) {

    private static final String NATIVE = "mysql_native_password";
    private static final String CLEAR = "mysql_clear_password";
    private static final int SALT_BYTES = 20;
    private static final byte FULL_AUTHENTICATION = 4;
    private static final byte REQUEST_KEY = 2;

    public PasswordLogin(byte[] user, byte[] password) {
        this(user, password, 45);
    }

    /**
     * Logs in over a Unix socket, where passwords may be told.
     *
     * @return the OK or ERR
     */
    public Packet overUnix(RawClient client) throws IOException {
        return finish(client, first(client, 1, 0), true);
    }

    /**
     * Logs in over TCP, where passwords are encrypted with the other side's key.
     *
     * @return the OK or ERR
     */
    public Packet overTcp(RawClient client) throws IOException {
        return finish(client, first(client, 1, 0), false);
    }

    /**
     * Logs in by TLS.
     *
     * @return the OK or ERR
     */
    public Packet overTls(RawClient client, SSLEngine engine) throws IOException {
        client.encrypt(base(), engine);
        return finish(client, first(client, 2, Flags.SSL), true);
    }

    private Login base() {
        return Login.clear("", "").withCharset(charset);
    }

    private Packet first(RawClient client, int sequence, long flags) throws IOException {
        Greeting greeting = client.greeting();
        Login login = base().with(flags).withAuth(greeting.plugin(), scramble(greeting.plugin(), greeting.salt()));
        client.willUse(login);
        client.stream().write(sequence, login.write(user));
        return client.stream().read();
    }

    private byte[] scramble(String plugin, byte[] salt) {
        return switch (plugin) {
            case NATIVE -> Scrambles.nativePassword(password, salt);
            case CLEAR -> Scrambles.clear(password);
            default -> Scrambles.cachingSha2(password, salt);
        };
    }

    private Packet finish(RawClient client, Packet first, boolean secure) throws IOException {
        byte[] salt = client.greeting().salt();
        Packet packet = first;
        while (true) {
            int next = packet.sequence() + 1;
            byte[] payload = packet.payload();
            if (packet.first() == 0xfe) {
                PayloadReader request = packet.body();
                String plugin = request.nulText();
                salt = plugin.equals(CLEAR) ? salt : request.bytes(SALT_BYTES);
                client.stream().write(next, scramble(plugin, salt));
            } else if (packet.first() == 1 && payload.length > 2) {
                client.stream().write(next, RsaAnswer.encrypt(payload, password, salt));
            } else if (Arrays.equals(payload, new byte[]{1, FULL_AUTHENTICATION})) {
                client.stream().write(next, secure ? Scrambles.clear(password) : new byte[]{REQUEST_KEY});
            } else if (packet.first() != 1) {
                return packet;
            }
            packet = client.stream().read();
        }
    }
}
