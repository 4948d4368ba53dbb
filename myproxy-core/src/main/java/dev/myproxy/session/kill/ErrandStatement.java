package dev.myproxy.session.kill;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.transport.ErrorText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The handler of a connection that is logged in: one statement without a result, and its answer, which is one packet. */
final class ErrandStatement extends ChannelInboundHandlerAdapter {

    private final String sql;
    private final Consumer<ErrandResult> then;
    private final PacketAssembler assembler = new PacketAssembler(ErrandClient.MAX_PACKET_BYTES);

    /** @param then may be called several times; the first one counts */
    ErrandStatement(String sql, Consumer<ErrandResult> then) {
        this.sql = sql;
        this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(true);
        ByteBuf packet = Packets.frame(context.alloc(), 0, to -> {
            to.writeByte(Command.QUERY.code());
            to.writeCharSequence(sql, StandardCharsets.US_ASCII);
        });
        var _ = context.writeAndFlush(packet, context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            assembler.feed((ByteBuf) message);
            if (assembler.next()) {
                then.accept(answer(assembler.payload()));
            }
        } catch (MalformedPacketException e) {
            then.accept(new ErrandResult.Failed("Malformed packet from server: " + e.getMessage()));
        }
    }

    private static ErrandResult answer(ByteBuf payload) {
        return switch (payload.isReadable() ? payload.getUnsignedByte(payload.readerIndex()) : -1) {
            case OkPacket.HEADER -> new ErrandResult.Done();
            case ErrPacket.HEADER -> new ErrandResult.Refused(ErrPacket.read(payload));
            default -> throw new MalformedPacketException("KILL is answered with neither OK nor ERR");
        };
    }

    /** Says good-bye to a server, and closes the connection. */
    static void leave(Channel channel) {
        ByteBuf quit = Packets.frame(channel.alloc(), 0, to -> to.writeByte(Command.QUIT.code()));
        channel.writeAndFlush(quit).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        then.accept(new ErrandResult.Failed("Server closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        then.accept(new ErrandResult.Failed("Error on connection to server: " + ErrorText.of(cause)));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        assembler.close();
    }
}
