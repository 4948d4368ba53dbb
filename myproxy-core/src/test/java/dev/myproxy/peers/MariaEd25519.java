package dev.myproxy.peers;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * The server's part of MariaDB's client_ed25519: the public key that belongs to a password, and the check of a signature.
 *
 * <p>The key is that of RFC 8032 with the password, whatever its length, in the place of the 32 secret bytes.
 */
public final class MariaEd25519 {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666)))
            .mod(P);
    private static final Point BASE = new Point(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));
    private static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

    private record Point(BigInteger x, BigInteger y) {

        /** The addition law of twisted Edwards curves with a = -1. */
        Point plus(Point o) {
            BigInteger k = D.multiply(x).multiply(o.x).multiply(y).multiply(o.y).mod(P);
            BigInteger newX = x.multiply(o.y).add(y.multiply(o.x)).multiply(inverse(BigInteger.ONE.add(k)));
            BigInteger newY = y.multiply(o.y).add(x.multiply(o.x)).multiply(inverse(BigInteger.ONE.subtract(k)));
            return new Point(newX.mod(P), newY.mod(P));
        }

        Point times(BigInteger factor) {
            Point sum = NEUTRAL;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                if (factor.testBit(bit)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }
    }

    private MariaEd25519() {}

    /** Whether a signature of the salt was made with the password. */
    public static boolean verify(String password, byte[] salt, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey(password));
            check.update(salt);
            return signature.length == 64 && check.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("malformed signature", e);
        }
    }

    private static PublicKey publicKey(String password) throws GeneralSecurityException {
        byte[] hash = Scrambles.digest("SHA-512", password.getBytes(StandardCharsets.UTF_8));
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = hash[31 - i];
        }
        bigEndian[31] &= (byte) 0xf8;
        bigEndian[0] = (byte) ((bigEndian[0] & 0x3f) | 0x40);
        Point key = BASE.times(new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519").generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519,
                new EdECPoint(key.x().testBit(0), key.y())));
    }

    private static BigInteger inverse(BigInteger value) {
        return value.modInverse(P);
    }
}
