package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the server sends once a connection is open, before the Vert.x client's codec does.
 *
 * <p>Each message is a byte that says what it is, an int32 length that counts itself, and a body (see
 * <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>). What the client
 * needs to go on is handed on, with types replaced so that it asks for text and sends text; rows, errors, notices and
 * notifications are taken out:
 *
 * <ul>
 * <li>rows and the tags of commands go to the {@link Answer} of the statement that runs, as they are; rows beyond its
 * limit are skipped without being collected;
 * <li>errors too; the client is told only that there was one;
 * <li>the client would fail for an empty statement, for settings that change while nothing runs, and for COPY.
 * </ul>
 *
 * For one event loop.
 */
final class BackendMessages extends ByteToMessageDecoder {

    /** The name of this handler in the pipeline. */
    static final String NAME = "myproxy-backend-messages";

    private static final Logger LOG = LoggerFactory.getLogger(BackendMessages.class);

    private static final int HEADER_BYTES = 5;

    /** For all messages but rows, which have the limit of their answer. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    /** Takes what the server says at any time. */
    interface Events {
        /** A notification. */
        void notified(ByteString channel, ByteString payload);

        /** The server ends the connection. */
        void fatal(String text);
    }

    private final Events events;
    private Optional<Answer> answer = Optional.empty();
    private int skip;

    BackendMessages(Events events) {
        this.events = events;
    }

    /** A statement is about to be sent. */
    void begin(Answer next) {
        answer = Optional.of(next);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (skip > 0) {
            int length = Math.min(skip, in.readableBytes());
            in.skipBytes(length);
            skip -= length;
            return;
        }
        if (in.readableBytes() < HEADER_BYTES) {
            return;
        }
        byte type = in.getByte(in.readerIndex());
        int length = in.getInt(in.readerIndex() + 1);
        if (length < HEADER_BYTES - 1) {
            throw new CorruptedFrameException("PostgreSQL sent a message of length " + length);
        }
        if (type == 'D' && !answer.map(a -> a.accepts(length)).orElse(false)) {
            in.skipBytes(HEADER_BYTES);
            skip = length - (HEADER_BYTES - 1);
        } else if (type != 'D' && length > MAX_MESSAGE_BYTES) {
            throw new CorruptedFrameException("PostgreSQL sent a message of " + length + " bytes");
        } else if (in.readableBytes() > length) {
            take(ctx, (char) type, in.readSlice(length + 1), out);
        }
    }

    private void take(ChannelHandlerContext ctx, char type, ByteBuf message, List<Object> out) {
        ByteBuf body = message.slice(HEADER_BYTES, message.readableBytes() - HEADER_BYTES);
        switch (type) {
            case 'D' -> row(body);
            case 'T' -> {
                answer.ifPresent(a -> a.columns(TypesAsText.columns(body)));
                out.add(message.retain());
            }
            case 't' -> {
                int count = body.readUnsignedShort();
                out.add(TypesAsText.parameters(ctx.alloc(), answer.map(a -> a.parameters(count)).orElse(count)));
            }
            case 'C' -> {
                String tag = body.toString(body.readerIndex(), body.readableBytes() - 1, StandardCharsets.US_ASCII);
                answer.ifPresent(a -> a.complete(tag));
                out.add(message.retain());
            }
            case 'I' -> {
                answer.ifPresent(a -> a.complete(""));
                out.add(ClientMessages.commandComplete(ctx.alloc()));
            }
            case 'E' -> {
                error(PgError.read(body));
                out.add(ClientMessages.error(ctx.alloc()));
            }
            case 'Z' -> {
                answer.ifPresent(a -> a.ready(body.getByte(body.readerIndex()) == 'I'));
                out.add(message.retain());
            }
            case 'A' -> notification(body);
            case 'N' -> LOG.debug("PostgreSQL: {}", PgError.read(body).message());
            case 'G' -> {
                boolean extended = answer.map(Answer::isExtended).orElse(false);
                var _ = ctx.writeAndFlush(ClientMessages.copyFail(ctx.alloc(), extended), ctx.voidPromise());
            }
            case 'H' -> answer.ifPresent(a -> a.fail(new PgFailure("COPY TO STDOUT has no result for scripts")));
            case 'S', 'd', 'c' -> {
                // settings that changed, and what COPY sends: nobody wants them
            }
            default -> out.add(message.retain());
        }
    }

    private void row(ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        answer.ifPresent(a -> a.row(new PgRow(bytes), bytes.length));
    }

    private void error(PgError error) {
        answer.ifPresent(a -> a.error(error));
        if (error.isFatal()) {
            events.fatal(ErrorText.of(error, ""));
        }
    }

    private void notification(ByteBuf body) {
        body.skipBytes(Integer.BYTES);
        List<ByteString> texts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            texts.add(ByteString.read(body, Math.max(0, body.bytesBefore((byte) 0))));
            body.skipBytes(1);
        }
        events.notified(texts.getFirst(), texts.getLast());
    }
}
