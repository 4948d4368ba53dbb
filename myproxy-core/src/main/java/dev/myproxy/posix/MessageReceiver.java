package dev.myproxy.posix;

import java.net.InetAddress;

/** Takes the datagrams that a {@link MessageReader} reads. */
public interface MessageReceiver {

    /**
     * A datagram of a process of this machine, over a Unix socket. The kernel vouches for the sender: only root may say that
     * it is somebody else.
     *
     * @param bytes what was sent, at most as much as the reader takes
     * @param pid   the process; 0 if it can't be seen from here
     * @param uid   its user, unsigned
     * @param gid   its group, unsigned
     */
    void fromProcess(byte[] bytes, int pid, int uid, int gid);

    /**
     * A datagram that came over UDP.
     *
     * @param bytes what was sent, at most as much as the reader takes
     * @param host  the address that the datagram gives as its source
     */
    void fromHost(byte[] bytes, InetAddress host);
}
