package dev.myproxy.protocol;

/** Capabilities that an input of a fuzz test chooses: those that decide how bytes are laid out, one bit each. */
public final class FuzzedFlags {

    /** How many bytes of the input choose. */
    public static final int BYTES = 2;

    private static final Capability[] FLAGS = {Capability.PROTOCOL_41, Capability.DEPRECATE_EOF,
            Capability.SESSION_TRACK, Capability.LOCAL_FILES, Capability.MULTI_RESULTS, Capability.TRANSACTIONS,
            Capability.PLUGIN_AUTH, Capability.CONNECT_WITH_DB, Capability.CONNECT_ATTRS,
            Capability.PLUGIN_AUTH_LENENC, Capability.SECURE_CONNECTION, Capability.QUERY_ATTRIBUTES,
            Capability.OPTIONAL_RESULTSET_METADATA, Capability.CACHE_METADATA, Capability.PROGRESS, Capability.ZSTD};

    private FuzzedFlags() {}

    /** The flags that the bytes at an index choose; bytes that are not there choose none. */
    public static Capabilities of(byte[] input, int at) {
        Capabilities chosen = Capabilities.NONE;
        for (int i = 0; i < FLAGS.length; i++) {
            int index = at + i / Byte.SIZE;
            if (index < input.length && (input[index] >> (i % Byte.SIZE) & 1) != 0) {
                chosen = chosen.with(FLAGS[i]);
            }
        }
        return chosen;
    }
}
