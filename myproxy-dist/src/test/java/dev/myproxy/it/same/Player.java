package dev.myproxy.it.same;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.protocol.Capabilities;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays a script to one side. */
final class Player implements Closeable {

    static final long NO_STATEMENT = 0xffff_ff00L;
    /** Statements that need no preparation: one that does not exist, and MariaDB's name for the one prepared last. */
    static final Map<String, Long> FIXED_STATEMENTS = Map.of("none", NO_STATEMENT, "last", 0xffff_ffffL);

    /** How long each operation may take. */
    static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("myproxy.patience", 30));

    /** What both sides must have in common. */
    private static final long FRAMING = Capabilities.FRAMING.bits();

    private static final int MAX_BATCH_BYTES = 16 * 1024;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Pending(Step.Send command, byte[] payload) {}

    private final Side side;
    private final FlagSet flags;
    private final Delivery delivery;
    private final Witness witness;
    private final Duration limit;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private final List<Pending> pending = new ArrayList<>();
    private @Nullable Connection connection;
    private boolean together;
    private boolean open;
    private long negotiated;

    /** @param limit how long each operation may take */
    Player(Side side, FlagSet flags, Delivery delivery, Witness witness, Duration limit) {
        this.side = side;
        this.flags = flags;
        this.delivery = delivery;
        this.witness = witness;
        this.limit = limit;
    }

    /** Plays a script to a server and writes down what comes. */
    static Played record(Script script, Side side, FlagSet flags) throws IOException {
        Recorder recorder = new Recorder();
        try (Player player = new Player(side, flags, Delivery.AS_SENT, recorder, PATIENCE)) {
            player.play(script);
            return new Played(recorder.answers(), player.negotiated);
        }
    }

    /** Plays a script to the daemon; throws a {@link Difference} if it is not as it was directly. */
    static void compare(Script script, Side side, FlagSet flags, Delivery delivery, Played direct, Duration limit)
            throws IOException {
        Comparer comparer = new Comparer(direct.answers());
        try (Player player = new Player(side, flags, delivery, comparer, limit)) {
            player.play(script);
            if (player.negotiated != direct.negotiated()) {
                throw new Difference("connect", Long.toHexString(direct.negotiated()) + " negotiated",
                        Long.toHexString(player.negotiated));
            }
            comparer.assertComplete();
        }
    }

    private void play(Script script) throws IOException {
        for (Step step : script.steps()) {
            if (open || step instanceof Step.Connect) {
                play(step);
            }
        }
        readPending();
        if (open) {
            // Shows that nothing is left over, and that both sides part as they should.
            send(new Step.Send("ping at the end", 0, Data.of(Command.PING.payload()), Optional.empty()));
            readPending();
        }
        if (open) {
            write(PacketStream.frame(0, Command.QUIT.payload()));
            writeBatch();
            see("quit at the end", connection().untilEnd());
        }
    }

    private void play(Step step) throws IOException {
        switch (step) {
            case Step.Send command -> send(command);
            case Step.Unread(var _, var command) -> write(PacketStream.frame(command.sequence(),
                    bytes(command.payload())));
            case Step.Together group -> {
                together = true;
                for (Step.Send command : group.commands()) {
                    send(command);
                }
                together = false;
                readUnlessCoalesced();
            }
            case Step.FileContents file -> file(file);
            case Step.ChangeUser change -> {
                readPending();
                see(change.text(), connection().changeUser(change));
            }
            case Step.Connect connect -> {
                readPending();
                connect(connect);
            }
            case Step.Raw raw -> write(bytes(raw.bytes()));
            case Step.Pause pause -> {
                readPending();
                pause(pause);
            }
            case Step.HalfClose _ -> {
                writeBatch();
                connection().halfClose();
            }
            case Step.End end -> {
                readPending();
                see(end.text(), connection().untilEnd());
            }
        }
    }

    private void connect(Step.Connect step) throws IOException {
        close();
        Connection made = Connection.open(side, step.account(), flags, limit, delivery.pieceBytes());
        connection = made;
        open = true;
        if (negotiated == 0) {
            negotiated = made.negotiated() & FRAMING;
        }
        see(step.text(), made.login(step.account()));
    }

    private void send(Step.Send command) throws IOException {
        byte[] payload = bytes(command.payload());
        write(PacketStream.frame(command.sequence(), payload));
        if (!ResponseEnd.none(payload, side.kind())) {
            pending.add(new Pending(command, payload));
        }
        readUnlessCoalesced();
    }

    /** A statement's id may still be on its way. */
    private byte[] bytes(Data data) throws IOException {
        for (String name : data.statements()) {
            if (!connection().knows(name) && pending.stream().anyMatch(p -> p.command().prepares().isPresent())) {
                readPending();
            }
        }
        return connection().bytes(data);
    }

    private void readUnlessCoalesced() throws IOException {
        if (!together && !delivery.coalesced()) {
            readPending();
        }
    }

    private void write(byte... bytes) throws IOException {
        if (batch.size() + bytes.length > MAX_BATCH_BYTES) {
            if (together) {
                writeBatch();
            } else {
                readPending();
            }
        }
        batch.writeBytes(bytes);
    }

    private void writeBatch() throws IOException {
        if (batch.size() > 0) {
            connection().write(batch.toByteArray());
            batch.reset();
        }
    }

    private void readPending() throws IOException {
        if (connection != null) {
            writeBatch();
        }
        List<Pending> answered = List.copyOf(pending);
        pending.clear();
        for (Pending command : answered) {
            if (open) {
                see(command.command().text(),
                        connection().response(command.payload(), command.command().prepares()));
            }
        }
    }

    private void file(Step.FileContents file) throws IOException {
        readPending();
        Optional<Packet> request = connection().last().filter(packet -> packet.first() == 0xfb);
        if (!open || request.isEmpty()) {
            return;
        }
        int sequence = request.get().sequence() + 1;
        for (Data data : file.packets()) {
            byte[] payload = bytes(data);
            write(PacketStream.frame(sequence, payload));
            sequence += 1 + payload.length / Packet.MAX;
        }
        write(PacketStream.frame(sequence, new byte[0]));
        writeBatch();
        see(file.text(), connection().response(Command.QUERY.payload(), Optional.empty()));
    }

    private void pause(Step.Pause pause) throws IOException {
        boolean quiet = connection().isQuiet(pause.time());
        see(pause.text(), new Witness.Source() {
            @Override
            public Optional<Seen> next() {
                // What came is read later; that nothing came is shown as a packet that says so.
                return Optional.of(new Seen(new Packet(0, quiet ? 0 : 1, new byte[0]), 0));
            }

            @Override
            public boolean complete() {
                return true;
            }
        });
    }

    private void see(String step, Witness.Source source) throws IOException {
        if (open && witness.see(step, source)) {
            open = false;
        }
    }

    private Connection connection() {
        return Objects.requireNonNull(connection);
    }

    @Override
    public void close() throws IOException {
        batch.reset();
        pending.clear();
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
