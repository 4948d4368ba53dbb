package dev.myproxy.cluster.check;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a server says to a statement. */
sealed interface Answer {

    /** It failed. */
    record Refused(ErrPacket error) implements Answer {}

    /**
     * It worked.
     *
     * @param columns names; none if the statement gives no result
     * @param rows    each with one value per column, empty for NULL
     */
    record Rows(List<String> columns, List<List<Optional<ByteString>>> rows) implements Answer {

        /**
         * A value of a row.
         *
         * @param names of the column on different servers; the first that is there counts, whatever its case
         * @return empty if it is NULL or there is no such column
         */
        Optional<ByteString> value(List<Optional<ByteString>> row, String... names) {
            for (String name : names) {
                int at = indexOf(name);
                if (at >= 0) {
                    return row.get(at);
                }
            }
            return Optional.empty();
        }

        boolean has(String column) {
            return indexOf(column) >= 0;
        }

        private int indexOf(String name) {
            return IntStream.range(0, columns.size()).filter(i -> columns.get(i).equalsIgnoreCase(name)).findFirst()
                    .orElse(-1);
        }
    }
}
