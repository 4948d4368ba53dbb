package dev.myproxy.control;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** Who sent a datagram. {@code toString()} is for the log. */
public sealed interface Sender {

    /** The name of its kind in metrics. */
    String kind();

    /** A process of this machine, over a Unix socket; with the numbers of its user and group. */
    record LocalProcess(int pid, long uid, long gid) implements Sender {
        @Override
        public String kind() {
            return "unix";
        }

        @Override
        public String toString() {
            return "pid=" + pid + " uid=" + uid;
        }
    }

    /** A host, over UDP. An IPv4 address never has its IPv6 form here. */
    record Host(InetAddress address) implements Sender {
        @Override
        public String kind() {
            return "udp";
        }

        @Override
        public String toString() {
            return NetUtil.toAddressString(address);
        }
    }
}
