package dev.myproxy.auth;

import java.util.Arrays;

/**
 * Arithmetic on the curve of Ed25519 by libsodium, which is loaded when this class is first used. Numbers are
 * 32 bytes, little-endian. Thread-safe.
 */
final class EdwardsCurve {

    private static final int BYTES = 32;

    static {
        Libsodium.link(Natives.class);
    }

    private EdwardsCurve() {}

    /** A scalar times the base point, as it is (not clamped). */
    static byte[] timesBase(byte[] scalar) {
        byte[] point = new byte[BYTES];
        if (Natives.crypto_scalarmult_ed25519_base_noclamp(point, scalar) != 0) {
            throw new IllegalArgumentException("scalar is zero");
        }
        return point;
    }

    /** A number of 64 bytes modulo the order of the base point. */
    static byte[] reduce(byte[] number) {
        byte[] reduced = new byte[BYTES];
        Natives.crypto_core_ed25519_scalar_reduce(reduced, number);
        return reduced;
    }

    /** {@code a * b + c} modulo the order of the base point. */
    static byte[] multiplyAdd(byte[] a, byte[] b, byte[] c) {
        byte[] product = new byte[BYTES];
        Natives.crypto_core_ed25519_scalar_mul(product, a, b);
        byte[] sum = new byte[BYTES];
        Natives.crypto_core_ed25519_scalar_add(sum, product, c);
        Arrays.fill(product, (byte) 0);
        return sum;
    }

    /** libsodium's own names and signatures. */
    private static final class Natives {

        private Natives() {}

        static native int crypto_scalarmult_ed25519_base_noclamp(byte[] point, byte[] scalar);

        static native void crypto_core_ed25519_scalar_reduce(byte[] reduced, byte[] number);

        static native void crypto_core_ed25519_scalar_mul(byte[] product, byte[] a, byte[] b);

        static native void crypto_core_ed25519_scalar_add(byte[] sum, byte[] a, byte[] b);
    }
}
