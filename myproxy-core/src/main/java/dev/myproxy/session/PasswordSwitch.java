package dev.myproxy.session;

import dev.myproxy.auth.ClientPassword;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The client's side after it answered by another plugin than mysql_clear_password: asks it to switch to that, and reads
 * the password.
 */
final class PasswordSwitch extends ClientPhase {

    private final HandshakeResponse response;
    private final int sequenceId;
    private final PacketAssembler assembler = new PacketAssembler();

    /**
     * @param response   the client's login but for the password
     * @param sequenceId of the request
     * @param rest       what was received behind the client's last packet; taken over
     */
    PasswordSwitch(Session session, HandshakeResponse response, int sequenceId, ByteBuf rest) {
        super(session);
        this.sequenceId = sequenceId;
        this.response = response;
        assembler.feed(rest);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session().send(sequenceId, new AuthSwitchRequest(ClientPassword.PLUGIN, ByteString.EMPTY)::write);
        session().loginTimeout().run();
        session().channel().config().setAutoRead(!HalfClosed.isHalfClosed(context.channel()));
        read();
        if (HalfClosed.isHalfClosed(context.channel()) && !context.isRemoved()) {
            halfClosed();
        }
    }

    @Override
    Departure departure() {
        return Departure.FREE;
    }

    @Override
    int nextSequenceId() {
        return Packets.next(assembler.hasHeader() ? assembler.sequenceId() : sequenceId);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (session().hasEnded()) {
            ((ByteBuf) message).release();
        } else {
            assembler.feed((ByteBuf) message);
            read();
        }
    }

    private void read() {
        try {
            if (assembler.next()) {
                answered(assembler.payload(), Packets.next(assembler.sequenceId()));
            }
        } catch (MalformedPacketException e) {
            session().malformed(e, Packets.next(assembler.sequenceId()));
        }
    }

    private void answered(ByteBuf payload, int nextSequenceId) {
        session().loginTimeout().pause();
        session().meters().count(SessionCounter.PACKETS_RECEIVED);
        byte[] answer = new byte[payload.readableBytes()];
        payload.readBytes(answer);
        Secret password = ClientPassword.read(AuthAnswer.wrap(answer));
        Login.begin(session(), response, password, nextSequenceId, assembler.takeRest());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        assembler.close();
    }
}
