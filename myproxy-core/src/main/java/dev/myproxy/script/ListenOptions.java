package dev.myproxy.script;

/**
 * The options of a listener, which hold for its clients.
 *
 * @param maxQueryBytes the longest statement, with its query attributes, that {@code on_query} is called for; longer ones
 *                      are refused
 */
public record ListenOptions(int maxQueryBytes) {

    /** The smallest {@link #maxQueryBytes}. */
    public static final int MIN_QUERY_BYTES = 1 << 10;

    /** The largest {@link #maxQueryBytes}, which is also the most that servers can be told to take. */
    public static final int MAX_QUERY_BYTES = 1 << 30;

    /** What holds where the script says nothing. */
    public static final ListenOptions DEFAULT = new ListenOptions(1 << 20);

    public ListenOptions {
        if (maxQueryBytes < MIN_QUERY_BYTES || maxQueryBytes > MAX_QUERY_BYTES) {
            throw new IllegalArgumentException("max_query_bytes out of range: " + maxQueryBytes);
        }
    }
}
