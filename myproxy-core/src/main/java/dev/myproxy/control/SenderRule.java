package dev.myproxy.control;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** A kind of senders whose commands are carried out. {@link SenderRules} reads them. */
public sealed interface SenderRule {

    /** Whether a sender is of this kind. */
    boolean includes(Sender sender);

    /** Whether it is about processes at a Unix socket; else it is about hosts. */
    boolean aboutProcesses();

    /** All processes of a user. */
    record User(long uid) implements SenderRule {
        @Override
        public boolean includes(Sender sender) {
            return sender instanceof Sender.LocalProcess process && process.uid() == uid;
        }

        @Override
        public boolean aboutProcesses() {
            return true;
        }

        @Override
        public String toString() {
            return "unix:uid=" + uid;
        }
    }

    /** All processes of a group; only their first group counts. */
    record Group(long gid) implements SenderRule {
        @Override
        public boolean includes(Sender sender) {
            return sender instanceof Sender.LocalProcess process && process.gid() == gid;
        }

        @Override
        public boolean aboutProcesses() {
            return true;
        }

        @Override
        public String toString() {
            return "unix:gid=" + gid;
        }
    }

    /** All processes. */
    record AnyProcess() implements SenderRule {
        @Override
        public boolean includes(Sender sender) {
            return sender instanceof Sender.LocalProcess;
        }

        @Override
        public boolean aboutProcesses() {
            return true;
        }

        @Override
        public String toString() {
            return "unix:any";
        }
    }

    /**
     * All hosts of an IP network.
     *
     * @param address its first address
     * @param length  how many bits of the address all hosts have in common
     */
    record Network(InetAddress address, int length) implements SenderRule {
        @Override
        public boolean includes(Sender sender) {
            return sender instanceof Sender.Host host && IpPrefix.matches(address, length, host.address());
        }

        @Override
        public boolean aboutProcesses() {
            return false;
        }

        @Override
        public String toString() {
            return NetUtil.toAddressString(address) + "/" + length;
        }
    }
}
