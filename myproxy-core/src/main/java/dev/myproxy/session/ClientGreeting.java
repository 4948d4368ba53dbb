package dev.myproxy.session;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ServerStatus;
import dev.myproxy.proxyheader.ProxyHeaderReader;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The client's side from accept to its handshake response: {@code on_connect}, greeting, the client's answer.
 *
 * <p>Reading is on, so that a client that leaves is noticed. Who sends before the greeting, as HAProxy's check with a login does,
 * is heard when it has its greeting, as servers do.
 */
final class ClientGreeting extends ClientPhase {

    /** utf8mb3_general_ci; clients name their own in the handshake response. */
    private static final int CHARSET = 0x21;

    private final PacketAssembler assembler = new PacketAssembler();
    private Capabilities offered = Capabilities.NONE;
    private int awaitedSequenceId = 1;

    ClientGreeting(Session session) {
        super(session);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session().channel().config().setAutoRead(true);
        if (session().client().handlers().has(Handler.CONNECT)) {
            session().ask(new ScriptEvent.Connect(session().client()), this::connectDecided);
        } else {
            greetInTime();
        }
    }

    private void connectDecided(Decision decision) {
        if (session().hasEnded()) {
            return;
        }
        switch (decision) {
            case Decision.Proceed() -> greetInTime();
            case Decision.Refuse refusal ->
                session().refuse(DisconnectCause.SCRIPT_REFUSED, 0, ClientErrors.login(refusal));
            default -> session().fail(DisconnectCause.SCRIPT_FAILED, ScriptFailure.message(decision), 0,
                    ClientErrors.handshake(ScriptFailure.CLIENT_TEXT));
        }
    }

    private void greetInTime() {
        session().tls().whenKnown(this::greet);
    }

    private void greet() {
        if (session().hasEnded()) {
            return;
        }
        session().enter(Phase.GREETING);
        Capabilities all = session().sessions().offers().of(session().client().listener());
        Capabilities wanted = session().options().localInfile() ? all : all.without(Capability.LOCAL_FILES);
        offered = session().tls().isOffered() ? wanted.with(Capability.SSL) : wanted;
        Greeting packet = new Greeting(session().client().serverVersion(), session().id(),
                session().freshSalt(), offered, CHARSET, ServerStatus.AUTOCOMMIT,
                ClientProof.greetedPlugin(session().options().auth()));
        session().send(0, packet::write);
        session().loginTimeout().run();
        session().channel().config().setAutoRead(true);
        read();
    }

    @Override
    Departure departure() {
        return session().phase() == Phase.GREETING ? Departure.FREE : Departure.LATER;
    }

    @Override
    boolean isProxyCheck() {
        return session().origin().isBalancer() && !assembler.hasUnread() && awaitedSequenceId == 1;
    }

    @Override
    int nextSequenceId() {
        if (session().phase() == Phase.ACCEPT) {
            return 0;
        }
        return assembler.hasHeader() ? Packets.next(assembler.sequenceId()) : awaitedSequenceId;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (session().hasEnded()) {
            data.release();
        } else if (session().phase() == Phase.ACCEPT) {
            session().channel().config().setAutoRead(false);
            assembler.feed(data);
        } else {
            assembler.feed(data);
            read();
        }
    }

    private void read() {
        try {
            if (assembler.next()) {
                answered(assembler.payload(), Packets.next(assembler.sequenceId()));
            }
        } catch (MalformedPacketException e) {
            malformed(e, Packets.next(assembler.sequenceId()));
        }
    }

    private void malformed(MalformedPacketException failure, int nextSequenceId) {
        ByteBuf sent = assembler.takeRest();
        if (ProxyHeaderReader.isHeader(sent)) {
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Client begins with a header of the PROXY protocol, "
                    + "which the listener takes with the option proxy_protocol alone", nextSequenceId,
                    ClientErrors.BAD_HANDSHAKE);
        } else {
            session().malformed(failure, nextSequenceId);
        }
        sent.release();
    }

    private void answered(ByteBuf payload, int nextSequenceId) {
        session().loginTimeout().pause();
        session().meters().count(SessionCounter.PACKETS_RECEIVED);
        if (HandshakeResponse.isSslRequest(payload)) {
            tlsWanted(nextSequenceId);
            return;
        }
        if (session().tls().isMissing()) {
            session().fail(DisconnectCause.TLS_FAILED, "Client asks for no TLS, which the listener requires",
                    nextSequenceId, ClientErrors.TLS_REQUIRED);
            return;
        }
        HandshakeResponse response = HandshakeResponse.read(payload, offered);
        session().meters().count(SessionCounter.HANDSHAKE_RESPONSES);
        if (response.capabilities().has(Capability.SSL) && !session().tls().isOn()) {
            response.answer().wipe();
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Client asks for TLS and goes on without",
                    nextSequenceId, ClientErrors.BAD_HANDSHAKE);
            return;
        }
        if (response.capabilities().has(Capability.PROTOCOL_41)) {
            Login.greeted(session(), response, nextSequenceId, assembler.takeRest());
        } else {
            Login.notSupported(session(), nextSequenceId);
        }
    }

    /** What the request says counts for nothing: it comes again inside TLS. */
    private void tlsWanted(int nextSequenceId) {
        if (!session().tls().isOffered() || session().tls().isOn()) {
            session().fail(DisconnectCause.CLIENT_MALFORMED, session().tls().isOn()
                    ? "Client asks for TLS within TLS"
                    : "Client asks for TLS, which was not offered", nextSequenceId, ClientErrors.BAD_HANDSHAKE);
            return;
        }
        awaitedSequenceId = nextSequenceId;
        session().loginTimeout().run();
        session().tls().shakeHands(assembler.takeRest());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        assembler.close();
    }
}
