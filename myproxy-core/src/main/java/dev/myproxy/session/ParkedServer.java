package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.backend.BackendChangeUser;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.tls.ServerTls;
import dev.myproxy.transport.Closing;
import java.util.Optional;
import dev.myproxy.transport.Discard;
import dev.myproxy.transport.ErrorText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The connection to a server on which nothing is under way, while COM_CHANGE_USER asks the client and the script who the
 * client will be. It stays as it is, for a COM_CHANGE_USER of its own, unless the server closes it or says something, which
 * can only be a good-bye: then the session needs a new connection, to whatever server, and nothing else is lost.
 */
final class ParkedServer extends ChannelInboundHandlerAdapter implements Approach {

    private final Session session;
    private final Channel channel;
    private final Capabilities capabilities;
    private final Address server;
    private final PacketAssembler words = new PacketAssembler();
    private boolean usable = true;

    /** @param capabilities in force on the connection */
    ParkedServer(Session session, Channel channel, Capabilities capabilities, Address server) {
        this.session = session;
        this.channel = channel;
        this.capabilities = capabilities;
        this.server = server;
    }

    /** Takes the server's side over. */
    void park() {
        channel.pipeline().replace(channel.pipeline().last(), null, this);
        // Only who reads hears of the end.
        channel.config().setAutoRead(true);
    }

    /**
     * Whether the session can stay at a server.
     *
     * @param tls what the connection has to be encrypted with, if it has to
     */
    boolean canStayAt(Address other, Optional<ServerTls> tls) {
        return usable && server.equals(other) && BackendChangeUser.isPossible(capabilities)
                && tls.equals(Optional.ofNullable(channel.attr(ServerTls.OF_CHANNEL).get()));
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** Hands the server's side over. */
    void resume(ChannelHandler next) {
        channel.pipeline().replace(this, null, next);
    }

    /** Says good-bye to the server, whose last words nobody waits for. */
    void leave() {
        if (usable) {
            usable = false;
            channel.pipeline().replace(this, null, new Discard());
            ByteBuf quit = Packets.frame(channel.alloc(), 0, to -> to.writeByte(Command.QUIT.code()));
            var _ = channel.write(quit, channel.voidPromise());
            Closing.whenFlushed(channel, session.settings().drainTimeout());
        }
    }

    @Override
    public boolean giveUp(String reason) {
        if (usable) {
            log("node is unavailable: " + reason);
            leave();
        }
        return true;
    }

    private void lose(String reason) {
        if (usable) {
            usable = false;
            log(reason);
            var _ = channel.close();
        }
    }

    private void log(String reason) {
        session.log().failure("Changing the user needs a new connection: " + reason);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (usable) {
            words.feed(data);
            lose(lastWords());
        } else {
            data.release();
        }
    }

    private String lastWords() {
        try {
            if (words.next()) {
                return "server said: " + ErrPacket.read(words.payload()).message().utf8();
            }
        } catch (MalformedPacketException _) {
            // It is not the ERR packet that it should be.
        }
        return "server sent a packet that nothing asked for";
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lose("server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lose("error on connection to server: " + ErrorText.of(cause));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        words.close();
    }
}
