package dev.myproxy.bench.load;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.ResponseScanner;
import dev.myproxy.protocol.ResponseTracker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A client in the command phase, which sends one command after the other. On its channel's event loop only. */
final class Session extends ChannelInboundHandlerAdapter {

    /** Of an answer to a COM_STMT_PREPARE: header, 00, and the id of the statement. */
    private static final int STATEMENT_ID_AT = 5;
    private static final int HEAD_BYTES = 9;

    private final Channel channel;
    private final Duty duty;
    private final ResponseTracker tracker;
    private final ResponseScanner responses;
    private final CommandScanner commands;
    private final ByteBuf head = Unpooled.buffer(HEAD_BYTES, HEAD_BYTES);
    private long bytes;
    private int errorCode;
    private boolean answering;
    private boolean closing;

    Session(Channel channel, Capabilities capabilities, Duty duty) {
        this.channel = channel;
        this.duty = duty;
        this.tracker = new ResponseTracker(capabilities, (_, failed, code, _, _, _) -> {
            if (failed) {
                errorCode = code;
            }
        });
        this.responses = new ResponseScanner(tracker);
        this.commands = new CommandScanner(tracker, Set.of());
    }

    Channel channel() {
        return channel;
    }

    /** All bytes received in the command phase so far. */
    long receivedBytes() {
        return bytes;
    }

    /** The id that the server gave to the statement, once a COM_STMT_PREPARE is answered. */
    int preparedStatement() {
        return head.getIntLE(STATEMENT_ID_AT);
    }

    /** A buffer to write a command to, behind room for a header. */
    ByteBuf command(Command command, int expectedBytes) {
        return channel.alloc().ioBuffer(HEAD_BYTES + expectedBytes).writeInt(0).writeByte(command.code());
    }

    /** Sends what {@link #command} gave, with the rest of the command behind it. */
    void send(ByteBuf packet) {
        packet.setMediumLE(packet.readerIndex(), packet.readableBytes() - Integer.BYTES);
        tracker.commandSent(packet.getUnsignedByte(packet.readerIndex() + Integer.BYTES), 0);
        head.clear();
        answering = true;
        var _ = channel.writeAndFlush(packet, channel.voidPromise());
    }

    /** Sends a command that is a text. */
    void send(Command command, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        send(command(command, utf8.length).writeBytes(utf8));
    }

    /** Sends packets of a file; the last one is empty, and must come alone. Takes the buffer over. */
    void sendFile(ByteBuf packets, boolean last) {
        if (last) {
            commands.scan(packets);
        }
        var _ = channel.writeAndFlush(packets, channel.voidPromise());
    }

    /** Says goodbye and closes, as clients do: without waiting for the server to do so. */
    void quit() {
        closing = true;
        ByteBuf packet = command(Command.QUIT, 0);
        packet.setMediumLE(packet.readerIndex(), 1);
        var _ = channel.write(packet, channel.voidPromise());
        channel.flush();
        var _ = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        try {
            bytes += data.readableBytes();
            if (head.isWritable()) {
                head.writeBytes(data, data.readerIndex(), Math.min(head.writableBytes(), data.readableBytes()));
            }
            responses.scan(data);
        } catch (MalformedPacketException e) {
            fail("The answer is malformed: " + e.getMessage());
            return;
        } finally {
            data.release();
        }
        if (!answering) {
            fail("The server says something unasked");
        } else if (errorCode != 0) {
            fail("The server answers with error " + errorCode + errorText());
        } else if (tracker.idle()) {
            answering = false;
            duty.answered(this);
        } else if (tracker.expectsClientData()) {
            duty.fileWanted(this);
        }
    }

    private String errorText() {
        return head.readableBytes() > Integer.BYTES && head.getUnsignedByte(Integer.BYTES) == ErrPacket.HEADER
                ? ""
                : " after rows";
    }

    private void fail(String reason) {
        if (!closing) {
            closing = true;
            var _ = channel.close();
            duty.failed(reason);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        duty.writabilityChanged(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail("The connection was closed by the other side");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail("The connection broke: " + cause);
    }
}
