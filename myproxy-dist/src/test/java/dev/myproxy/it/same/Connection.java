package dev.myproxy.it.same;

import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.tls.TestEngines;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A connection of a client that plays a script: what was negotiated, and the statements that were prepared. */
final class Connection implements Closeable {

    private final RawClient client;
    private final Side side;
    private final Greeting greeting;
    private final long flags;
    private final long extended;
    private final Login login;
    private final Map<String, Long> statements = new HashMap<>();
    private Optional<Packet> last = Optional.empty();

    private Connection(Side side, Account account, FlagSet set, Duration limit, int pieceBytes) throws IOException {
        this.side = side;
        client = RawClient.connect(side.address()).limit(limit).pieces(pieceBytes);
        greeting = client.readGreeting();
        login = side.login(account, set, greeting);
        if (side.tls()) {
            client.encrypt(login, TestEngines.client());
        }
        flags = login.flags() & greeting.capabilities();
        extended = (login.flags() & Flags.LONG_PASSWORD) == 0
                ? login.mariadbFlags() & greeting.mariadbCapabilities()
                : 0;
    }

    /** Connects and reads the greeting; does not log in. */
    static Connection open(Side side, Account account, FlagSet set, Duration limit, int pieceBytes)
            throws IOException {
        return new Connection(side, account, set, limit, pieceBytes);
    }

    /** The flags in force, MariaDB's from bit 32 on. */
    long negotiated() {
        return flags | extended << Integer.SIZE;
    }

    byte[] bytes(Data data) {
        return data.bytes(name -> statements.getOrDefault(name, Player.FIXED_STATEMENTS.getOrDefault(name,
                Player.NO_STATEMENT)), (flags & Flags.QUERY_ATTRIBUTES) != 0);
    }

    boolean knows(String statement) {
        return statements.containsKey(statement) || Player.FIXED_STATEMENTS.containsKey(statement);
    }

    /** Writes bytes. A peer that has closed is no failure: that is seen when its answer is read. */
    void write(byte... bytes) throws IOException {
        try {
            client.stream().raw(bytes);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // The connection has ended, which reading tells.
        }
    }

    void halfClose() throws IOException {
        client.stream().wire().shutdownOutput();
    }

    boolean isQuiet(Duration time) throws IOException {
        try {
            return client.stream().isQuiet(time);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // Reset, which is no silence.
            return false;
        }
    }

    /** The packet that came last. */
    Optional<Packet> last() {
        return last;
    }

    /** The packets that answer a login, of which only the last one is shown. */
    Witness.Source login(Account account) {
        return authentication(() -> write(PacketStream.frame(side.tls() ? 2 : 1, login.write())), account.password());
    }

    /** The packets that answer a COM_CHANGE_USER, of which only the last one is shown. */
    Witness.Source changeUser(Step.ChangeUser step) {
        return authentication(() -> write(PacketStream.frame(0, side.changeUser(step, greeting, flags))),
                step.password());
    }

    private interface Request {
        void send() throws IOException;
    }

    private Witness.Source authentication(Request request, String password) {
        return new Witness.Source() {
            @Override
            public Optional<Seen> next() throws IOException {
                request.send();
                try {
                    last = Side.authenticate(client.stream(), password, greeting.salt());
                } catch (SocketTimeoutException e) {
                    throw e;
                } catch (IOException _) {
                    last = Optional.empty();
                }
                if (last.filter(Packet::isOk).isPresent()) {
                    statements.clear();
                }
                return last.map(Mask::authenticated).map(Seen::of);
            }

            @Override
            public boolean complete() {
                return true;
            }
        };
    }

    /** The packets that answer a command. */
    Witness.Source response(byte[] command, Optional<String> prepares) {
        ResponseEnd end = new ResponseEnd(command, flags, extended);
        int code = command.length == 0 ? -1 : command[0] & 0xff;
        return new Witness.Source() {
            private boolean first = true;

            @Override
            public Optional<Seen> next() throws IOException {
                Optional<Packet> packet = read();
                if (first && packet.isPresent() && prepares.isPresent()) {
                    prepared(prepares.get(), packet.get());
                }
                Optional<Seen> seen = packet.map(p -> Mask.apply(p, code, first, statements.values())).map(Seen::of);
                first = false;
                return seen;
            }

            @Override
            public boolean complete() {
                return end.isLast(last.orElseThrow());
            }
        };
    }

    /** All packets up to the end. */
    Witness.Source untilEnd() {
        return new Witness.Source() {
            @Override
            public Optional<Seen> next() throws IOException {
                return read().map(Seen::of);
            }

            @Override
            public boolean complete() {
                return false;
            }
        };
    }

    private Optional<Packet> read() throws IOException {
        try {
            last = client.stream().readEnd();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // Reset: the end too.
            last = Optional.empty();
        }
        return last;
    }

    private void prepared(String name, Packet packet) {
        if (packet.isOk()) {
            statements.put(name, packet.body().u32());
        } else {
            statements.remove(name);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
