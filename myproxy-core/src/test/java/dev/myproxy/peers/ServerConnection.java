package dev.myproxy.peers;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * The server's side of one connection, for scripts of {@link FakeServer}.
 *
 * <p>Packets are sent with the sequence id that follows the last packet in either direction.
 */
public final class ServerConnection implements Closeable {

    private static final int SSL_REQUEST_BYTES = 32;

    private final PacketStream stream;
    private final boolean local;
    private final int index;
    private final List<Packet> received = new CopyOnWriteArrayList<>();
    private volatile Optional<Login> login = Optional.empty();
    private volatile boolean served;
    private Greeting greeting = Greeting.mysql(randomSalt());
    private int sequence = -1;

    ServerConnection(PacketStream stream, boolean local, int index) {
        this.stream = stream;
        this.local = local;
        this.index = index;
    }

    /** How many connections the server had before this one. */
    public int index() {
        return index;
    }

    /** Whether the client came over a Unix socket. */
    public boolean isLocal() {
        return local;
    }

    /** Every packet that arrived, in order. */
    public List<Packet> received() {
        return received;
    }

    /** The handshake response, once it was read. */
    public Optional<Login> login() {
        return login;
    }

    public PacketStream stream() {
        return stream;
    }

    public Greeting greeting() {
        return greeting;
    }

    /** The flags that both sides have. */
    public long flags() {
        return login.orElseThrow().flags() & greeting.capabilities();
    }

    boolean isServed() {
        return !served;
    }

    void served() {
        served = true;
    }

    /** 20 random bytes between 1 and 127. */
    public static byte[] randomSalt() {
        byte[] salt = new byte[20];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) ThreadLocalRandom.current().nextInt(1, 128);
        }
        return salt;
    }

    /** Sends the greeting of {@link Greeting#mysql}. */
    public void greet() throws IOException {
        send(0, greeting.write());
    }

    /** Sends another greeting. */
    public void greet(Greeting other) throws IOException {
        greeting = other;
        greet();
    }

    /** Reads the handshake response. */
    public Login readLogin() throws IOException {
        Login read = Login.read(read().payload());
        login = Optional.of(read);
        return read;
    }

    /** Reads the handshake response, within TLS if the client asks for that. */
    public Login readLogin(Supplier<SSLEngine> engines) throws IOException {
        Packet packet = read();
        if (packet.length() == SSL_REQUEST_BYTES) {
            SSLEngine engine = engines.get();
            engine.setUseClientMode(false);
            stream.encrypt(engine);
            packet = read();
        }
        Login read = Login.read(packet.payload());
        login = Optional.of(read);
        return read;
    }

    /** Reads the handshake response and lets the client in, whatever its password is. */
    public Login acceptAll() throws IOException {
        Login read = readLogin();
        ok();
        return read;
    }

    /** Reads the next packet. */
    public Packet read() throws IOException {
        Packet packet = stream.read();
        received.add(packet);
        sequence = packet.sequence();
        return packet;
    }

    /** Reads the next packet, which must have this payload. */
    public Packet expect(byte... payload) throws IOException {
        Packet packet = read();
        if (!Arrays.equals(packet.payload(), payload)) {
            throw new AssertionError("expected " + HexFormat.of().formatHex(payload) + ", got " + packet);
        }
        return packet;
    }

    /** Waits until the client closes; nothing may come before. */
    public void expectEnd() throws IOException {
        Optional<Packet> packet = stream.readEnd();
        if (packet.isPresent()) {
            throw new AssertionError("instead of the end: " + packet.get());
        }
    }

    /** Sends a payload. */
    public void send(byte... payload) throws IOException {
        send(sequence + 1 & 0xff, payload);
    }

    /** Sends a payload with a sequence id of the script's choice. */
    public void send(int sequenceId, byte[] payload) throws IOException {
        stream.write(sequenceId, payload);
        sequence = sequenceId + payload.length / Packet.MAX & 0xff;
    }

    /** Sends bytes as they are. */
    public void raw(byte... bytes) throws IOException {
        stream.raw(bytes);
    }

    public void ok() throws IOException {
        ok(Flags.AUTOCOMMIT);
    }

    /** Sends an OK with these status flags. */
    public void ok(int status) throws IOException {
        send(new PayloadWriter().u8(0).u8(0).u8(0).u16(status).u16(0).toByteArray());
    }

    public void err(int code, String sqlState, String message) throws IOException {
        send(new Err(code, sqlState, message).write());
    }

    /** Sends the end of rows in the form that the client negotiated. */
    public void eof(int status) throws IOException {
        boolean modern = (flags() & Flags.DEPRECATE_EOF) != 0;
        send(modern
                ? new PayloadWriter().u8(0xfe).u8(0).u8(0).u16(status).u16(0).toByteArray()
                : new PayloadWriter().u8(0xfe).u16(0).u16(status).toByteArray());
    }

    /** Asks the client to use another plugin. */
    public void authSwitch(String plugin, byte... data) throws IOException {
        send(new PayloadWriter().u8(0xfe).nulText(plugin).bytes(data).toByteArray());
    }

    /** Sends data of the authentication plugin. */
    public void authMore(byte... data) throws IOException {
        send(new PayloadWriter().u8(1).bytes(data).toByteArray());
    }

    /** Sends a text result set with one row per list; null is not possible. */
    public void resultSet(List<String> columns, List<List<String>> rows, int status) throws IOException {
        definitions(columns);
        for (List<String> row : rows) {
            row(row);
        }
        eof(status);
    }

    /** Sends the head of a result set: column count, definitions and, in the classic form, an EOF. */
    public void definitions(List<String> columns) throws IOException {
        send(new PayloadWriter().lenenc(columns.size()).toByteArray());
        for (String column : columns) {
            send(definition(column));
        }
        if ((flags() & Flags.DEPRECATE_EOF) == 0) {
            eof(Flags.AUTOCOMMIT);
        }
    }

    /** Sends a text row. */
    public void row(List<String> values) throws IOException {
        PayloadWriter out = new PayloadWriter();
        values.forEach(out::lenencText);
        send(out.toByteArray());
    }

    /** The definition of a text column. */
    public static byte[] definition(String column) {
        return new PayloadWriter().lenencText("def").lenencText("").lenencText("t").lenencText("t").lenencText(column)
                .lenencText(column).u8(12).u16(45).u32(1024).u8(0xfd).u16(0).u8(0).u16(0).toByteArray();
    }

    /**
     * Asks the client for a file and reads it to its end.
     *
     * @return its size in bytes
     */
    public long localInfile(String name) throws IOException {
        send(new PayloadWriter().u8(0xfb).text(name).toByteArray());
        long bytes = 0;
        for (Packet part = read(); part.length() > 0; part = read()) {
            bytes += part.length();
        }
        return bytes;
    }

    /**
     * Answers commands in a plain way until the client quits or closes: a query for {@code SELECT text} with that text
     * as its only value, everything else with OK.
     */
    public void serve() throws IOException {
        while (true) {
            Packet command;
            try {
                command = read();
            } catch (EOFException _) {
                return;
            }
            if (command.first() == Command.QUIT.code()) {
                return;
            }
            if (command.first() == Command.QUERY.code()) {
                answerQuery(command);
            } else if (command.first() != Command.STMT_CLOSE.code()
                    && command.first() != Command.STMT_SEND_LONG_DATA.code()) {
                ok();
            }
        }
    }

    private void answerQuery(Packet command) throws IOException {
        String sql = command.body().text(command.length() - 1);
        if (sql.startsWith("SELECT ")) {
            resultSet(List.of("v"), List.of(List.of(sql.substring(7))), Flags.AUTOCOMMIT);
        } else {
            ok();
        }
    }

    /** Does nothing until the client closes; what it sends meanwhile is read and dropped. */
    public void stall() throws IOException {
        ByteBuffer scratch = ByteBuffer.allocate(4096);
        while (stream.wire().readSome(scratch.clear(), Duration.ofSeconds(60)) >= 0) {
            // Dropped on purpose.
        }
    }

    /** Closes with a reset where there is such a thing. */
    public void reset() throws IOException {
        stream.wire().reset();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
