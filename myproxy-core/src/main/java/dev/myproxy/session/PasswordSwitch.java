package dev.myproxy.session;

import dev.myproxy.auth.ClientPassword;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;

/**
 * The client's side after it answered by another plugin than mysql_clear_password: asks it to switch to that, and reads
 * the password.
 */
final class PasswordSwitch extends ClientPhase {

    /** Takes the client's password. */
    interface Receiver {

        /**
         * The client has sent its password.
         *
         * @param nextSequenceId of the answer to the client
         * @param waiting        now stands in the client's pipeline
         */
        void received(Secret password, int nextSequenceId, WaitingClient waiting);
    }

    private final int sequenceId;
    private final Receiver receiver;
    private final PacketAssembler assembler = new PacketAssembler();
    private Optional<AnswerTimeout> timeout = Optional.empty();

    /**
     * @param sequenceId of the request
     * @param rest       what was received behind the client's last packet; taken over
     */
    PasswordSwitch(Session session, int sequenceId, ByteBuf rest, Receiver receiver) {
        super(session);
        this.sequenceId = sequenceId;
        this.receiver = receiver;
        assembler.feed(rest);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session().send(sequenceId, new AuthSwitchRequest(ClientPassword.PLUGIN, ByteString.EMPTY)::write);
        timeout = Optional.of(new AnswerTimeout(session(), Packets.next(Packets.next(sequenceId))));
        session().channel().config().setAutoRead(true);
        read();
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
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Malformed packet from client: " + e.getMessage(),
                    Packets.next(assembler.sequenceId()), ClientErrors.BAD_HANDSHAKE);
        }
    }

    private void answered(ByteBuf payload, int nextSequenceId) {
        byte[] answer = new byte[payload.readableBytes()];
        payload.readBytes(answer);
        Secret password = ClientPassword.read(AuthAnswer.wrap(answer));
        session().channel().config().setAutoRead(false);
        WaitingClient waiting = new WaitingClient(session(), assembler.takeRest());
        session().becomes(waiting);
        receiver.received(password, nextSequenceId, waiting);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timeout.ifPresent(AnswerTimeout::stop);
        assembler.close();
    }
}
