package dev.myproxy.session;

import dev.myproxy.protocol.ChangeUser;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.Packets;
import dev.myproxy.session.meters.DisconnectCause;
import io.netty.buffer.ByteBuf;

/**
 * COM_CHANGE_USER: the login runs again, with the script's decision: within the connection to the server if the session can
 * stay there, else on a new one. Either way transaction, prepared statements, temporary tables and variables are gone, as
 * with a server.
 */
final class ChangeUserCommand {

    private final Session session;
    private final CommandPhase phase;

    ChangeUserCommand(Session session, CommandPhase phase) {
        this.session = session;
        this.phase = phase;
    }

    /**
     * Begins the login; the command phase is over.
     *
     * @param data begins with the complete packet; taken over
     */
    void handle(ByteBuf data) {
        int length = Frames.payloadLength(data);
        int nextSequenceId = Packets.next(Frames.sequenceId(data));
        data.skipBytes(Packets.HEADER_BYTES);
        ChangeUser request;
        try {
            request = ChangeUser.read(data.readSlice(length), phase.client().capabilities());
        } catch (MalformedPacketException e) {
            data.release();
            session.malformed(e, nextSequenceId);
            return;
        }
        if (phase.isServerLeaving()) {
            data.release();
            session.end(DisconnectCause.SERVER_CLOSED);
            return;
        }
        session.waitsAt(new ParkedServer(session, phase.backend(), phase.capabilities(),
                session.server().route().orElseThrow().server()));
        Login.change(session, phase.client().login(request), nextSequenceId, data);
    }
}
