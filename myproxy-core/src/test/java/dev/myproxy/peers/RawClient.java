package dev.myproxy.peers;

import dev.myproxy.address.Address;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * A blocking client that speaks the protocol packet by packet, right or deliberately wrong.
 *
 * <pre>
 * try (RawClient client = RawClient.connect(address)) {
 *     client.login(Login.clear("user", "secret"));
 *     String one = client.query("SELECT 1").value();
 * }
 * </pre>
 *
 * Not for several threads at once.
 */
public final class RawClient implements Closeable {

    private final PacketStream stream;
    private Optional<Greeting> greeting = Optional.empty();
    private long flags;
    private long mariadbFlags;

    private RawClient(PacketStream stream) {
        this.stream = stream;
    }

    /** Connects and reads nothing yet. */
    public static RawClient connect(Address address) throws IOException {
        return new RawClient(new PacketStream(new Wire(Endpoints.connect(address))));
    }

    /** As {@link #connect(Address)} by TCP from an address of this machine, such as another one of loopback's. */
    public static RawClient connectFrom(String host, Address.Inet address) throws IOException {
        return new RawClient(new PacketStream(new Wire(Endpoints.connect(host, address))));
    }

    /** Where the client's end of the connection is. */
    public Address local() throws IOException {
        return Address.of(stream.wire().channel().getLocalAddress());
    }

    /** Changes the time limit of each operation, which is {@link Wire#LIMIT} at first. */
    public RawClient limit(Duration limit) {
        stream.wire().limit(limit);
        return this;
    }

    /** Writes from now on leave in pieces of so many bytes. */
    public RawClient pieces(int bytes) {
        stream.pieces(bytes);
        return this;
    }

    public PacketStream stream() {
        return stream;
    }

    /** Reads the first packet, which must be a greeting. */
    public Greeting readGreeting() throws IOException {
        Packet packet = stream.read();
        if (packet.isErr() || packet.sequence() != 0) {
            throw new AssertionError("not a greeting: " + packet);
        }
        Greeting read = Greeting.read(packet.payload());
        greeting = Optional.of(read);
        return read;
    }

    /** The greeting, which is read now if it was not before. */
    public Greeting greeting() throws IOException {
        return greeting.isPresent() ? greeting.get() : readGreeting();
    }

    /** Logs in, which must succeed. */
    public RawClient login(Login login) throws IOException {
        Packet answer = tryLogin(login);
        if (!answer.isOk()) {
            throw new AssertionError("login failed: " + answer);
        }
        return this;
    }

    /** Logs in with mysql_native_password, which must succeed. */
    public RawClient loginNative(Login login, String password) throws IOException {
        return login(login.withAuth("mysql_native_password",
                Scrambles.nativePassword(password, greeting().salt())));
    }

    /**
     * Sends a handshake response.
     *
     * @return the answer: OK, ERR, or a request of the authentication plugin
     */
    public Packet tryLogin(Login login) throws IOException {
        sendLogin(login);
        return stream.read();
    }

    /** Sends a handshake response and waits for nothing. */
    public void sendLogin(Login login) throws IOException {
        willUse(login);
        stream.write(1, login.write());
    }

    /**
     * Asks for TLS and shakes hands.
     *
     * @param login as it follows, within TLS, by {@link #tryEncryptedLogin}
     */
    public RawClient encrypt(Login login, SSLEngine engine) throws IOException {
        greeting();
        stream.write(1, sslRequest(login));
        engine.setUseClientMode(true);
        stream.encrypt(engine);
        return this;
    }

    /** The short form of a login by which clients ask for TLS. */
    public static byte[] sslRequest(Login login) {
        return Arrays.copyOf(login.with(Flags.SSL).write(), 32);
    }

    /**
     * Logs in within TLS.
     *
     * @return the answer
     */
    public Packet tryEncryptedLogin(Login login) throws IOException {
        willUse(login);
        stream.write(2, login.with(Flags.SSL).write());
        return stream.read();
    }

    /** Takes over the flags of a login that is about to be sent by other means. */
    public void willUse(Login login) throws IOException {
        flags = login.flags() & greeting().capabilities();
        boolean extended = ((login.flags() | greeting().capabilities()) & Flags.LONG_PASSWORD) == 0;
        mariadbFlags = extended ? login.mariadbFlags() & greeting().mariadbCapabilities() : 0;
    }

    /** Sends a payload as a new command; waits for nothing. */
    public void send(byte... payload) throws IOException {
        stream.write(0, payload);
    }

    /** Sends a command and reads its complete response. */
    public Reply run(Command command, byte... argument) throws IOException {
        send(command.payload(argument));
        return reply(command);
    }

    /** Sends a query and reads its complete response. */
    public Reply query(String sql) throws IOException {
        send(Command.QUERY.payload(sql));
        return reply(Command.QUERY);
    }

    /** As {@link #query}, but keeps nothing of the response but its measures. */
    public Reply measure(String sql) throws IOException {
        send(Command.QUERY.payload(sql));
        return reply(Command.QUERY, 1, false);
    }

    /** Reads the complete response to a command that was sent before in one packet. */
    public Reply reply(Command command) throws IOException {
        return reply(command, 1, true);
    }

    /**
     * Reads a complete response.
     *
     * @param sequence of its first packet
     * @param keep     whether its packets are kept
     */
    public Reply reply(Command command, int sequence, boolean keep) throws IOException {
        return new ReplyReader(stream, command, sequence, flags, mariadbFlags, keep).read();
    }

    /** The answer to a COM_PING, which must be an OK. */
    public void ping() throws IOException {
        Reply reply = run(Command.PING).good();
        if (!reply.last().isOk()) {
            throw new AssertionError("answer to ping: " + reply.last());
        }
    }

    /** Session variables by name. */
    public Map<String, String> variables(String like) throws IOException {
        Map<String, String> all = new HashMap<>();
        query("SHOW VARIABLES LIKE '" + like + "'").textRows().forEach(row -> all.put(row.get(0), row.get(1)));
        return all;
    }

    /** Waits until the peer closes; nothing may come before. */
    public void expectEnd() throws IOException {
        Optional<Packet> packet = stream.readEnd();
        if (packet.isPresent()) {
            throw new AssertionError("instead of the end: " + packet.get());
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
