package dev.myproxy.cluster;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The hash function BLAKE2b without key, as RFC 7693 defines it. One message after the other; not for several threads. */
final class Blake2b {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK_BYTES = 128;
    private static final int WORDS = 16;
    private static final int ROUNDS = 12;

    /** Section 2.6. */
    private static final long[] IV = {0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL,
            0xa54ff53a5f1d36f1L,
            0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L};

    /** Section 2.7: in which order the rounds take the words of a block, one hexadecimal digit per word. */
    private static final int[][] ORDER = orders("0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194",
            "7931dcbe265a40f8", "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
            "6fe9b308c2d714a5", "a2847615fb9e3cd0");

    private final long[] state = new long[IV.length];
    private final long[] block = new long[WORDS];
    private final byte[] pending = new byte[BLOCK_BYTES];
    private final long parameters;
    private int length;
    private long total;

    /**
     * @param digestBytes length of the result, 1 to 64, which is part of what is hashed
     */
    Blake2b(int digestBytes) {
        // The parameter block: length of the digest, no key, fan-out and depth 1.
        this.parameters = 0x01010000L ^ digestBytes;
        begin();
    }

    /** The digest of a message. */
    static byte[] digest(byte[] message, int digestBytes) {
        Blake2b hash = new Blake2b(digestBytes);
        hash.update(message);
        hash.first();
        byte[] result = new byte[IV.length * Long.BYTES];
        for (int i = 0; i < IV.length; i++) {
            WORD.set(result, i * Long.BYTES, hash.state[i]);
        }
        return Arrays.copyOf(result, digestBytes);
    }

    /** Begins another message. */
    void begin() {
        System.arraycopy(IV, 0, state, 0, IV.length);
        state[0] ^= parameters;
        length = 0;
        total = 0;
    }

    /** Adds to the message. */
    void update(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (length == BLOCK_BYTES) {
                compress(false);
                length = 0;
            }
            int taken = Math.min(bytes.length - at, BLOCK_BYTES - length);
            System.arraycopy(bytes, at, pending, length, taken);
            length += taken;
            total += taken;
            at += taken;
        }
    }

    /** Ends the message; gives the first eight bytes of the digest, little-endian. */
    long first() {
        Arrays.fill(pending, length, BLOCK_BYTES, (byte) 0);
        compress(true);
        return state[0];
    }

    /** Mixes a block into the state. The rounds are written out on local variables, which the JVM keeps in registers. */
    private void compress(boolean last) {
        for (int i = 0; i < WORDS; i++) {
            block[i] = (long) WORD.get(pending, i * Long.BYTES);
        }
        long v0 = state[0];
        long v1 = state[1];
        long v2 = state[2];
        long v3 = state[3];
        long v4 = state[4];
        long v5 = state[5];
        long v6 = state[6];
        long v7 = state[7];
        long v8 = IV[0];
        long v9 = IV[1];
        long v10 = IV[2];
        long v11 = IV[3];
        long v12 = IV[4] ^ total;
        long v13 = IV[5];
        long v14 = IV[6] ^ (last ? -1 : 0);
        long v15 = IV[7];
        for (int round = 0; round < ROUNDS; round++) {
            int[] order = ORDER[round % ORDER.length];
            v0 += v4 + block[order[0]];
            v12 = Long.rotateRight(v12 ^ v0, 32);
            v8 += v12;
            v4 = Long.rotateRight(v4 ^ v8, 24);
            v0 += v4 + block[order[1]];
            v12 = Long.rotateRight(v12 ^ v0, 16);
            v8 += v12;
            v4 = Long.rotateRight(v4 ^ v8, 63);
            v1 += v5 + block[order[2]];
            v13 = Long.rotateRight(v13 ^ v1, 32);
            v9 += v13;
            v5 = Long.rotateRight(v5 ^ v9, 24);
            v1 += v5 + block[order[3]];
            v13 = Long.rotateRight(v13 ^ v1, 16);
            v9 += v13;
            v5 = Long.rotateRight(v5 ^ v9, 63);
            v2 += v6 + block[order[4]];
            v14 = Long.rotateRight(v14 ^ v2, 32);
            v10 += v14;
            v6 = Long.rotateRight(v6 ^ v10, 24);
            v2 += v6 + block[order[5]];
            v14 = Long.rotateRight(v14 ^ v2, 16);
            v10 += v14;
            v6 = Long.rotateRight(v6 ^ v10, 63);
            v3 += v7 + block[order[6]];
            v15 = Long.rotateRight(v15 ^ v3, 32);
            v11 += v15;
            v7 = Long.rotateRight(v7 ^ v11, 24);
            v3 += v7 + block[order[7]];
            v15 = Long.rotateRight(v15 ^ v3, 16);
            v11 += v15;
            v7 = Long.rotateRight(v7 ^ v11, 63);
            v0 += v5 + block[order[8]];
            v15 = Long.rotateRight(v15 ^ v0, 32);
            v10 += v15;
            v5 = Long.rotateRight(v5 ^ v10, 24);
            v0 += v5 + block[order[9]];
            v15 = Long.rotateRight(v15 ^ v0, 16);
            v10 += v15;
            v5 = Long.rotateRight(v5 ^ v10, 63);
            v1 += v6 + block[order[10]];
            v12 = Long.rotateRight(v12 ^ v1, 32);
            v11 += v12;
            v6 = Long.rotateRight(v6 ^ v11, 24);
            v1 += v6 + block[order[11]];
            v12 = Long.rotateRight(v12 ^ v1, 16);
            v11 += v12;
            v6 = Long.rotateRight(v6 ^ v11, 63);
            v2 += v7 + block[order[12]];
            v13 = Long.rotateRight(v13 ^ v2, 32);
            v8 += v13;
            v7 = Long.rotateRight(v7 ^ v8, 24);
            v2 += v7 + block[order[13]];
            v13 = Long.rotateRight(v13 ^ v2, 16);
            v8 += v13;
            v7 = Long.rotateRight(v7 ^ v8, 63);
            v3 += v4 + block[order[14]];
            v14 = Long.rotateRight(v14 ^ v3, 32);
            v9 += v14;
            v4 = Long.rotateRight(v4 ^ v9, 24);
            v3 += v4 + block[order[15]];
            v14 = Long.rotateRight(v14 ^ v3, 16);
            v9 += v14;
            v4 = Long.rotateRight(v4 ^ v9, 63);
        }
        state[0] ^= v0 ^ v8;
        state[1] ^= v1 ^ v9;
        state[2] ^= v2 ^ v10;
        state[3] ^= v3 ^ v11;
        state[4] ^= v4 ^ v12;
        state[5] ^= v5 ^ v13;
        state[6] ^= v6 ^ v14;
        state[7] ^= v7 ^ v15;
    }

    private static int[][] orders(String... rows) {
        return Arrays.stream(rows).map(row -> row.chars().map(digit -> Character.digit(digit, WORDS)).toArray())
                .toArray(int[][]::new);
    }
}
