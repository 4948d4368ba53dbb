package dev.myproxy.proxyheader;

import dev.myproxy.address.Address;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A version of the PROXY protocol, to write headers in. */
public enum HeaderVersion {

    /** A line of text, which knows TCP only. */
    V1(1) {
        @Override
        public void write(ProxyHeader header, ByteBuf to) {
            String line = header instanceof ProxyHeader.Forwarded(Address.Inet source, Address.Inet destination)
                    ? TextHeader.of(source.socket(), destination.socket())
                    : TextHeader.UNKNOWN;
            to.writeCharSequence(line, StandardCharsets.US_ASCII);
        }
    },

    /** Binary. */
    V2(2) {
        @Override
        public void write(ProxyHeader header, ByteBuf to) {
            BinaryHeader.write(header, to);
        }
    };

    private final int number;

    HeaderVersion(int number) {
        this.number = number;
    }

    /** Its number in configurations. */
    public int number() {
        return number;
    }

    /** The version with a number. */
    public static Optional<HeaderVersion> of(int number) {
        return switch (number) {
            case 1 -> Optional.of(V1);
            case 2 -> Optional.of(V2);
            default -> Optional.empty();
        };
    }

    /** Writes a whole header. Version 1 has no word for Unix sockets and for connections of the sender's own but UNKNOWN. */
    public abstract void write(ProxyHeader header, ByteBuf to);
}
