package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.Kill;
import dev.myproxy.protocol.KillFinder;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.QueryAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * The argument of COM_QUERY or COM_STMT_PREPARE.
 *
 * @param attributes the query attributes as they stand on the wire; empty where there can be none
 * @param sql        the text
 */
record Statement(ByteString attributes, ByteString sql) {

    /**
     * Reads a payload.
     *
     * @param hasAttributes whether query attributes stand before the text
     */
    static Statement read(ByteBuf payload, boolean hasAttributes) throws MalformedPacketException {
        payload.skipBytes(1);
        ByteString attributes = ByteString.EMPTY;
        if (hasAttributes) {
            int start = payload.readerIndex();
            QueryAttributes.skip(payload);
            int length = payload.readerIndex() - start;
            payload.readerIndex(start);
            attributes = ByteString.read(payload, length);
        }
        return new Statement(attributes, ByteString.read(payload, payload.readableBytes()));
    }

    /** This statement with another text. */
    Statement withSql(ByteString other) {
        return new Statement(attributes, other);
    }

    /** What this statement ends, if it is one that ends a connection. */
    Optional<Kill> kill(Command command, KillFinder finder) {
        if (command != Command.QUERY || attributes.length() + sql.length() > KillFinder.MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuf payload = Unpooled.buffer().writeByte(command.code());
        write(payload);
        return finder.find(payload);
    }

    /** Appends what stands behind the command's byte. */
    void write(ByteBuf to) {
        attributes.writeTo(to);
        sql.writeTo(to);
    }
}
