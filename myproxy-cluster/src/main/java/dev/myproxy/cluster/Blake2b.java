package dev.myproxy.cluster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The hash function BLAKE2b without key, as RFC 7693 defines it. */
final class Blake2b {

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

    private final long[] state = IV.clone();
    private final long[] work = new long[WORDS];
    private final long[] block = new long[WORDS];

    private Blake2b(int digestBytes) {
        // The parameter block: length of the digest, no key, fan-out and depth 1.
        state[0] ^= 0x01010000L ^ digestBytes;
    }

    /**
     * Hashes a message.
     *
     * @param digestBytes length of the result, 1 to 64
     */
    static byte[] digest(byte[] message, int digestBytes) {
        Blake2b hash = new Blake2b(digestBytes);
        int at = 0;
        while (message.length - at > BLOCK_BYTES) {
            hash.compress(message, at, BLOCK_BYTES, false);
            at += BLOCK_BYTES;
        }
        hash.compress(message, at, message.length - at, true);
        ByteBuffer result = ByteBuffer.allocate(IV.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        result.asLongBuffer().put(hash.state);
        return Arrays.copyOf(result.array(), digestBytes);
    }

    /** Takes one block; a shorter one, which only the last can be, counts as filled up with zeros. */
    private void compress(byte[] message, int at, int length, boolean last) {
        byte[] full = new byte[BLOCK_BYTES];
        System.arraycopy(message, at, full, 0, length);
        ByteBuffer.wrap(full).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(block);
        System.arraycopy(state, 0, work, 0, state.length);
        System.arraycopy(IV, 0, work, state.length, IV.length);
        work[12] ^= at + length;
        if (last) {
            work[14] = ~work[14];
        }
        for (int round = 0; round < ROUNDS; round++) {
            mixAll(ORDER[round % ORDER.length]);
        }
        for (int i = 0; i < state.length; i++) {
            state[i] ^= work[i] ^ work[i + state.length];
        }
    }

    private void mixAll(int[] order) {
        for (int i = 0; i < 4; i++) {
            mix(i, 4 + i, 8 + i, 12 + i, block[order[2 * i]], block[order[2 * i + 1]]);
        }
        for (int i = 0; i < 4; i++) {
            mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, block[order[8 + 2 * i]],
                    block[order[9 + 2 * i]]);
        }
    }

    private void mix(int a, int b, int c, int d, long x, long y) {
        work[a] += work[b] + x;
        work[d] = Long.rotateRight(work[d] ^ work[a], 32);
        work[c] += work[d];
        work[b] = Long.rotateRight(work[b] ^ work[c], 24);
        work[a] += work[b] + y;
        work[d] = Long.rotateRight(work[d] ^ work[a], 16);
        work[c] += work[d];
        work[b] = Long.rotateRight(work[b] ^ work[c], 63);
    }

    private static int[][] orders(String... rows) {
        return Arrays.stream(rows).map(row -> row.chars().map(digit -> Character.digit(digit, WORDS)).toArray())
                .toArray(int[][]::new);
    }
}
