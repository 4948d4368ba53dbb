package dev.myproxy.it.same;

import dev.myproxy.peers.PayloadWriter;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Bytes of a script, of which some depend on the connection that they are sent on.
 *
 * @param parts in their order
 */
record Data(List<Part> parts) {

    /** A piece of it. */
    sealed interface Part {}

    /** Bytes that are known. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Bytes(byte[] bytes) implements Part {}

    /** The id of a prepared statement, four bytes. */
    record Statement(String name) implements Part {}

    /** An empty block of query attributes, where such were negotiated; else nothing. */
    record NoAttributes() implements Part {}

    static Data of(byte... bytes) {
        return new Data(List.of(new Bytes(bytes)));
    }

    /** The names of the statements in it. */
    List<String> statements() {
        return parts.stream().filter(Statement.class::isInstance).map(part -> ((Statement) part).name()).toList();
    }

    /**
     * The bytes.
     *
     * @param ids        of statements by name
     * @param attributes whether query attributes were negotiated
     */
    byte[] bytes(ToLongFunction<String> ids, boolean attributes) {
        if (parts.size() == 1 && parts.getFirst() instanceof Bytes(var bytes)) {
            return bytes;
        }
        PayloadWriter out = new PayloadWriter();
        for (Part part : parts) {
            switch (part) {
                case Bytes(var bytes) -> out.bytes(bytes);
                case Statement(var name) -> out.u32(ids.applyAsLong(name));
                case NoAttributes _ -> out.bytes(attributes ? new byte[]{0, 1} : new byte[0]);
            }
        }
        return out.toByteArray();
    }
}
