package dev.myproxy.session;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.Hex;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import dev.myproxy.session.meters.DisconnectCause;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One session of a fuzz test. What must hold: no exception but those of the protocol (the log tells), no buffer left, memory
 * by what was sent and not by what was claimed, an end when the client or the server is gone or does not answer in time,
 * and what {@link TransparencyCheck} says.
 */
final class FuzzedSession {

    private static final ByteString CLEAR = ByteString.of("mysql_clear_password");
    private static final Duration LONGER_THAN_ANY_LIMIT = Duration.ofSeconds(70);
    private static final long ALLOWANCE_BYTES = 64 << 10;
    private static final int ALLOWANCE_PER_BYTE = 8;

    private final ScriptedProxy proxy;
    private final SessionInput input;
    private final ScriptedChannel client;
    private Optional<TransparencyCheck> check = Optional.empty();
    private long sentBytes;
    private int decisions;

    FuzzedSession(ScriptedProxy proxy, SessionInput input) {
        this.proxy = proxy;
        this.input = input;
        this.client = proxy.accept(input.handlers(), this::decide, input.small());
    }

    void run() {
        if (!input.fromTheBeginning()) {
            logIn();
        }
        for (SessionInput.Step step : input.steps()) {
            take(step);
            settle();
            if (!proxy.hasSession()) {
                break;
            }
        }
        rest();
        end();
    }

    private void take(SessionInput.Step step) {
        switch (step) {
            case SessionInput.Step.Client(var bytes) -> {
                if (client.takesData()) {
                    check.ifPresent(c -> c.clientSends(bytes));
                    send(client, bytes);
                }
            }
            case SessionInput.Step.Server(var bytes) -> server().filter(ScriptedChannel::takesData).ifPresent(s -> {
                check.ifPresent(c -> c.serverSends(bytes));
                send(s, bytes);
            });
            case SessionInput.Step.Happens(var event) -> happen(event);
        }
    }

    /** Sends in pieces, with nothing else happening in between. */
    private void send(ScriptedChannel to, byte[] bytes) {
        sentBytes += bytes.length;
        int most = input.most() == 0 || bytes.length > 1000 ? bytes.length : input.most();
        for (int at = 0; at < bytes.length; at += most) {
            to.peerSends(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + most)));
        }
    }

    private void happen(SessionInput.Event event) {
        switch (event) {
            case CLIENT_CLOSES -> client.peerCloses();
            case CLIENT_RESETS -> client.peerResets();
            case CLIENT_BLOCKS -> client.block(true);
            case CLIENT_UNBLOCKS -> client.block(false);
            case SERVER_CLOSES -> serverGoes(ScriptedChannel::peerCloses);
            case SERVER_RESETS -> serverGoes(ScriptedChannel::peerResets);
            case SERVER_BLOCKS -> server().ifPresent(s -> s.block(true));
            case SERVER_UNBLOCKS -> server().ifPresent(s -> s.block(false));
            case SCRIPT_ANSWERS -> proxy.answer();
            case SERVERS_REFUSE -> proxy.refuseConnections();
            case SECOND_PASSES -> proxy.pass(Duration.ofSeconds(1));
            case LOGIN_TIME_PASSES -> proxy.pass(Duration.ofSeconds(11));
            case MINUTE_PASSES -> proxy.pass(Duration.ofMinutes(1));
            case KILLED -> expel(() -> proxy.sessions().each(session -> session.expel(DisconnectCause.KILLED,
                    ClientErrors.SHUTDOWN)));
            case SHUT_DOWN -> expel(() -> proxy.sessions().shutDown());
            case NOTHING -> {
            }
        }
    }

    private void expel(Runnable how) {
        check.ifPresent(TransparencyCheck::expelled);
        how.run();
    }

    /** The server goes, and a client that waits for an answer hears of it. */
    private void serverGoes(Consumer<ScriptedChannel> how) {
        server().filter(ScriptedChannel::takesData).ifPresent(s -> {
            boolean owed = client.takesData() && !s.hasUnread() && client.config().isAutoRead()
                    && s.config().isAutoRead() && check.filter(TransparencyCheck::isOwed).isPresent();
            how.accept(s);
            proxy.settle();
            if (owed && check.filter(c -> c.isRefused() || c.looksAway()).isEmpty()) {
                throw new AssertionError("The client was not told that the server is gone");
            }
        });
    }

    private Optional<ScriptedChannel> server() {
        return proxy.servers().isEmpty() ? Optional.empty() : Optional.of(proxy.servers().getLast());
    }

    private void settle() {
        proxy.settle();
        while (!input.deferring() && proxy.hasQuestion()) {
            proxy.answer();
            proxy.settle();
        }
        check.ifPresent(TransparencyCheck::check);
        long used = proxy.usedBytes();
        if (used > ALLOWANCE_BYTES + ALLOWANCE_PER_BYTE * sentBytes) {
            throw new AssertionError(used + " bytes of buffers for " + sentBytes + " bytes received");
        }
    }

    /** A login that works, so that the steps are in the command phase. */
    private void logIn() {
        settle();
        Capabilities wanted = input.capabilities().without(Capability.ZSTD).with(Capability.LONG_PASSWORD,
                Capability.PROTOCOL_41, Capability.SECURE_CONNECTION, Capability.PLUGIN_AUTH);
        HandshakeResponse login = new HandshakeResponse(wanted, 1 << 24, 45, ByteString.of("user"),
                AuthAnswer.wrap(new byte[]{'p', 0}), Optional.empty(), CLEAR, Optional.empty(), 0);
        send(client, WellKnownPackets.packet(1, bytes(Hex.written(login::write))));
        answerAll();
        server().ifPresent(server -> {
            send(server, WellKnownPackets.greeting());
            answerAll();
            Optional<Capabilities> negotiated = negotiated(server);
            boolean refuses = input.handlers().has(Handler.QUERY)
                    && (input.capabilities().has(Capability.QUERY_ATTRIBUTES)
                            || !input.handlers().options().equals(ListenOptions.DEFAULT));
            boolean transparent = !input.altering() && !refuses;
            send(server, Arrays.copyOf(WellKnownPackets.packet(2, new byte[]{0, 0, 0, 2, 0, 0, 0}), 11));
            answerAll();
            if (transparent && client.pipeline().first() instanceof ClientCommands) {
                negotiated.ifPresent(flags -> observe(server, new TransparencyCheck(flags)));
            }
        });
    }

    private void observe(ScriptedChannel server, TransparencyCheck with) {
        check = Optional.of(with);
        server.observe(with::serverIsRead, with::serverIsWritten);
        client.observe(_ -> {}, with::clientIsWritten);
    }

    /** What the proxy asked the server for. */
    private static Optional<Capabilities> negotiated(ScriptedChannel server) {
        ByteBuf written = server.written();
        return written.readableBytes() > Packets.HEADER_BYTES
                ? Optional.of(HandshakeResponse.read(written.slice().skipBytes(Packets.HEADER_BYTES),
                        new Capabilities(-1)).capabilities())
                : Optional.empty();
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private void answerAll() {
        proxy.settle();
        while (proxy.hasQuestion()) {
            proxy.answer();
            proxy.settle();
        }
    }

    /** Nobody is in the way of anything any more: nothing is kept back. */
    private void rest() {
        client.block(false);
        proxy.servers().forEach(server -> server.block(false));
        answerAll();
        if (client.holdsFlushed() || proxy.servers().stream().anyMatch(ScriptedChannel::holdsFlushed)) {
            throw new AssertionError("Something was written and not flushed");
        }
        if (proxy.hasSession() && client.takesData() && server().filter(ScriptedChannel::takesData).isPresent()) {
            check.ifPresent(TransparencyCheck::checkNothingIsKept);
        }
    }

    /** One side goes, and the session ends and leaves nothing. */
    private void end() {
        if (input.small()) {
            server().ifPresent(ScriptedChannel::peerCloses);
            answerAll();
        }
        client.peerCloses();
        answerAll();
        proxy.pass(LONGER_THAN_ANY_LIMIT);
        answerAll();
        proxy.pass(LONGER_THAN_ANY_LIMIT);
        if (proxy.hasSession() || client.isOpen() || proxy.servers().stream().anyMatch(ScriptedChannel::isOpen)) {
            throw new AssertionError("The session does not end");
        }
        check.ifPresent(TransparencyCheck::check);
        if (proxy.usedBytes() != 0) {
            throw new AssertionError(proxy.usedBytes() + " bytes of buffers are left");
        }
    }

    private Decision decide(ScriptEvent event) {
        decisions++;
        boolean alter = input.altering() && decisions % 2 == 0;
        return switch (event) {
            case ScriptEvent.HandshakeResponse login -> alter && input.fromTheBeginning()
                    ? new Decision.Refuse(ByteString.of("no"))
                    : new Decision.Connect(Upstream.of(ScriptedProxy.server()),
                            new Credentials(login.user(), Secret.wrap(login.password().copy()), Optional.empty(),
                                    login.database().orElse(ByteString.EMPTY)),
                            ConnectOptions.builder().allowCleartext(true).build());
            case ScriptEvent.InitDb init -> alter
                    ? new Decision.Refuse(ByteString.of("no"))
                    : new Decision.InitDb(init.database());
            case ScriptEvent.Query _ when alter -> switch (decisions % 3) {
                case 0 -> new Decision.Refuse(ByteString.of("no"));
                case 1 -> new Decision.Failed("failed");
                default -> new Decision.Query(ByteString.of("SELECT 2"));
            };
            default -> new Decision.Proceed();
        };
    }
}
