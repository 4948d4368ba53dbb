package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client says about its program, in pairs of length-encoded strings. Nobody checks that it is true.
 *
 * <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-connection-attribute-tables.html">Attributes</a>
 */
public final class ConnectionAttributes {

    private ConnectionAttributes() {}

    /**
     * Reads as many pairs as can be read.
     *
     * @param raw as they stand on the wire, without the length before them
     * @return names and values in their order; of several with one name the last
     */
    public static Map<ByteString, ByteString> read(ByteString raw) {
        Map<ByteString, ByteString> attributes = new LinkedHashMap<>();
        ByteBuf bytes = Unpooled.wrappedBuffer(raw.toByteArray());
        try {
            while (bytes.isReadable()) {
                ByteString name = Lenenc.readString(bytes);
                attributes.put(name, Lenenc.readString(bytes));
            }
        } catch (MalformedPacketException _) {
            // What can be read tells enough: servers leave the rest away, too.
        }
        return attributes;
    }
}
