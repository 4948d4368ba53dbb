package dev.myproxy.session;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.KillFinder;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ResponseObserver;
import dev.myproxy.protocol.ResponseScanner;
import dev.myproxy.protocol.ResponseTracker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what two peers get in the command phase against what the other one sent: the same bytes, in order, but for an ERR
 * packet of the proxy, which stands between packets, is well-formed and has the sequence id that is next.
 *
 * <p>It follows the session with scanners of its own, and is told of everything at the moment when the proxy reads or writes
 * it. Where the proxy takes the place of the server (COM_CHANGE_USER, KILL), it looks away from then on.
 */
final class TransparencyCheck {

    private static final ByteBuf GOODBYE = Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer(new byte[]{1, 0, 0, 0, (byte) Command.QUIT.code()}));

    private final ResponseTracker tracker;
    private final CommandScanner commands;
    private final ResponseScanner responses;
    private final ByteBuf fromClient = Unpooled.buffer();
    private final ByteBuf fromServer = Unpooled.buffer();
    private ByteBuf unscanned = Unpooled.EMPTY_BUFFER;
    private boolean malformed;
    private boolean lookingAway;
    private boolean refused;
    private boolean expelled;
    private Optional<AssertionError> failure = Optional.empty();

    TransparencyCheck(Capabilities capabilities) {
        tracker = new ResponseTracker(capabilities, ResponseObserver.NONE);
        commands = new CommandScanner(tracker, Set.of(), KillFinder.NONE, Integer.MAX_VALUE);
        responses = new ResponseScanner(tracker);
    }

    void clientSends(byte[] bytes) {
        fromClient.writeBytes(bytes);
    }

    void serverSends(byte[] bytes) {
        fromServer.writeBytes(bytes);
    }

    /** Fails if something was wrong; whoever calls the other methods may swallow what they throw, as pipelines do. */
    void check() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void fail(String message) {
        failure = failure.or(() -> Optional.of(new AssertionError(message)));
    }

    /** The session is told to end: what is read of the server from now on need not pass to its end. */
    void expelled() {
        expelled = true;
    }

    /** The proxy reads what the server sent. */
    void serverIsRead(ByteBuf data) {
        if (!looksAway() && !malformed) {
            try {
                responses.scan(data);
            } catch (MalformedPacketException _) {
                malformed = true;
            }
        }
    }

    /** The proxy writes to the server. */
    void serverIsWritten(ByteBuf data) {
        if (looksAway() || isGoodbye(data)) {
            return;
        }
        if (!takeSame(fromClient, data)) {
            fail("The server gets " + ByteBufUtil.hexDump(data) + ", the client sent "
                    + ByteBufUtil.hexDump(fromClient));
            return;
        }
        ByteBuf copy = Unpooled.copiedBuffer(data);
        unscanned = unscanned.isReadable() ? Unpooled.wrappedBuffer(unscanned, copy) : copy;
        unscanned.skipBytes(commands.scan(unscanned));
    }

    /** Whether the proxy takes leave of a server that waits for a command, because the session is told to end. */
    private boolean isGoodbye(ByteBuf data) {
        return expelled && commands.betweenPackets() && tracker.idle() && data.equals(GOODBYE);
    }

    /** Whether it is the turn of a command that the proxy deals with itself. */
    private boolean proxyTakesPart() {
        int at = fromClient.readerIndex();
        if (!commands.betweenPackets() || !tracker.idle()
                || fromClient.readableBytes() <= Packets.HEADER_BYTES) {
            return false;
        }
        int code = fromClient.getUnsignedByte(at + Packets.HEADER_BYTES);
        String text = fromClient.toString(at, Math.min(64, fromClient.readableBytes()), StandardCharsets.ISO_8859_1);
        return code == Command.CHANGE_USER.code() || code == Command.PROCESS_KILL.code()
                || (code == Command.QUERY.code() && text.toLowerCase(Locale.ROOT).contains("kill"));
    }

    /** The proxy writes to the client. */
    void clientIsWritten(ByteBuf data) {
        if (looksAway()) {
            return;
        }
        if (refused && data.isReadable()) {
            fail("Something follows the proxy's last word: " + ByteBufUtil.hexDump(data));
        } else if (!takeSame(fromServer, data)) {
            refused = true;
            checkRefusal(data);
        }
    }

    private static boolean takeSame(ByteBuf sent, ByteBuf got) {
        int length = got.readableBytes();
        boolean same = length <= sent.readableBytes()
                && ByteBufUtil.equals(sent, sent.readerIndex(), got, got.readerIndex(), length);
        if (same) {
            sent.skipBytes(length).discardSomeReadBytes();
        }
        return same;
    }

    private void checkRefusal(ByteBuf packet) {
        if (!expelled && !responses.betweenPackets() && !malformed) {
            fail("The proxy speaks in the middle of a packet");
        }
        checkErr(packet);
        int sequenceId = packet.getUnsignedByte(packet.readerIndex() + 3);
        boolean plausible = tracker.idle()
                ? sequenceId == 0 || holdsCommand()
                : sequenceId == tracker.nextSequenceId();
        if (!expelled && !plausible) {
            fail("Sequence id " + sequenceId + " instead of " + (tracker.idle() ? 0 : tracker.nextSequenceId()));
        }
    }

    /** A packet must be a well-formed ERR with an SQLSTATE and a text. */
    private void checkErr(ByteBuf packet) {
        ByteBuf payload = packet.duplicate().skipBytes(Packets.HEADER_BYTES);
        boolean isErr = packet.getUnsignedMediumLE(packet.readerIndex()) == payload.readableBytes()
                && payload.isReadable() && payload.getUnsignedByte(payload.readerIndex()) == ErrPacket.HEADER;
        if (!isErr) {
            fail("The proxy writes what the server did not send and what is no ERR: " + ByteBufUtil.hexDump(packet));
            return;
        }
        ErrPacket err = ErrPacket.read(payload);
        boolean wellFormed = err.code() >= 1000 && err.code() < 5000
                && err.sqlState().filter(state -> state.utf8().matches("[0-9A-Z]{5}")).isPresent()
                && err.message().length() > 0 && err.message().utf8().chars().noneMatch(Character::isISOControl);
        if (!wellFormed) {
            fail("Not a good ERR: " + err);
        }
    }

    /** Whether a client that waits for an answer must be told that the server is gone now. */
    boolean isOwed() {
        return !looksAway() && !malformed && !refused && !expelled && !tracker.idle() && tracker.inFlight() > 0
                && responses.betweenPackets() && !tracker.isQuitting() && !tracker.isServerLeaving();
    }

    /** Whether the proxy has ended the session with an ERR. */
    boolean isRefused() {
        return refused;
    }

    /** Whether the proxy deals with a command itself. */
    boolean looksAway() {
        lookingAway |= proxyTakesPart();
        return lookingAway;
    }

    /** Whether the client has sent a whole packet that has not gone to the server. */
    private boolean holdsCommand() {
        return fromClient.readableBytes() >= Packets.HEADER_BYTES;
    }

    /** The session goes on and nobody waits for anything outside: fails if bytes are kept back. */
    void checkNothingIsKept() {
        check();
        if (looksAway() || malformed || refused || expelled) {
            return;
        }
        if (fromServer.isReadable()) {
            throw new AssertionError("The client did not get " + ByteBufUtil.hexDump(fromServer));
        }
        boolean complete = holdsCommand() && fromClient.readableBytes() >= Packets.HEADER_BYTES
                + fromClient.getUnsignedMediumLE(fromClient.readerIndex());
        if (complete && tracker.idle()) {
            throw new AssertionError("The server owes nothing and did not get " + ByteBufUtil.hexDump(fromClient));
        }
    }
}
