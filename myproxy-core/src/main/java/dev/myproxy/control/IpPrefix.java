package dev.myproxy.control;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The first bits of IP addresses. */
final class IpPrefix {

    private IpPrefix() {}

    /** Whether an address begins as another one does; never if they are of different versions. */
    static boolean matches(InetAddress network, int length, InetAddress address) {
        return network.getAddress().length == address.getAddress().length && cut(address, length).equals(network);
    }

    /** The address with zeroes behind its first bits. */
    static InetAddress cut(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(length - i * (long) Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as long as before", e);
        }
    }
}
