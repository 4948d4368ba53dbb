package dev.myproxy.session;

import dev.myproxy.auth.ClientPassword;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ServerStatus;
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
 * <p>Reading is on all the time, so that a client that leaves is noticed; data before the greeting is a protocol error.
 */
final class ClientGreeting extends ClientPhase {

    /** utf8mb3_general_ci; clients name their own in the handshake response. */
    private static final int CHARSET = 0x21;

    private final PacketAssembler assembler = new PacketAssembler();
    private Capabilities offered = Capabilities.NONE;

    ClientGreeting(Session session) {
        super(session);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session().channel().config().setAutoRead(true);
        if (session().client().handlers().has(Handler.CONNECT)) {
            session().ask(new ScriptEvent.Connect(session().client()), this::connectDecided);
        } else {
            greet();
        }
    }

    private void connectDecided(Decision decision) {
        if (session().hasEnded()) {
            return;
        }
        switch (decision) {
            case Decision.Proceed() -> greet();
            case Decision.Refuse refusal ->
                session().refuse(DisconnectCause.SCRIPT_REFUSED, 0, ClientErrors.login(refusal));
            default -> session().fail(DisconnectCause.SCRIPT_FAILED, ScriptFailure.message(decision), 0,
                    ClientErrors.handshake(ScriptFailure.CLIENT_TEXT));
        }
    }

    private void greet() {
        session().enter(Phase.GREETING);
        Capabilities all = session().sessions().offers().of(session().client().listener());
        offered = session().options().localInfile() ? all : all.without(Capability.LOCAL_FILES);
        Greeting greeting = new Greeting(session().client().serverVersion(), session().id(),
                session().sessions().salts().next(), offered, CHARSET, ServerStatus.AUTOCOMMIT,
                ClientPassword.PLUGIN);
        session().send(0, greeting::write);
        session().loginTimeout().run();
    }

    @Override
    Departure departure() {
        return session().phase() == Phase.GREETING ? Departure.FREE : Departure.LATER;
    }

    @Override
    int nextSequenceId() {
        if (session().phase() == Phase.ACCEPT) {
            return 0;
        }
        return assembler.hasHeader() ? Packets.next(assembler.sequenceId()) : 1;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (session().hasEnded()) {
            data.release();
        } else if (session().phase() == Phase.ACCEPT) {
            data.release();
            session().log().failure("Unexpected client data before handshake");
            session().end(DisconnectCause.CLIENT_MALFORMED);
        } else {
            assemble(data);
        }
    }

    private void assemble(ByteBuf data) {
        try {
            assembler.feed(data);
            if (assembler.next()) {
                answered(assembler.payload(), Packets.next(assembler.sequenceId()));
            }
        } catch (MalformedPacketException e) {
            session().malformed(e, Packets.next(assembler.sequenceId()));
        }
    }

    private void answered(ByteBuf payload, int nextSequenceId) {
        session().loginTimeout().pause();
        if (HandshakeResponse.isSslRequest(payload)) {
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Client asks for TLS, which was not offered",
                    nextSequenceId, ClientErrors.BAD_HANDSHAKE);
            return;
        }
        session().meters().count(SessionCounter.PACKETS_RECEIVED);
        HandshakeResponse response = HandshakeResponse.read(payload, offered);
        session().meters().count(SessionCounter.HANDSHAKE_RESPONSES);
        if (response.capabilities().has(Capability.PROTOCOL_41)) {
            Login.begin(session(), response, nextSequenceId, assembler.takeRest());
        } else {
            Login.notSupported(session(), nextSequenceId);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        assembler.close();
    }
}
