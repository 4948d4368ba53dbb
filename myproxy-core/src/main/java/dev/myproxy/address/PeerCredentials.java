package dev.myproxy.address;

/**
 * The process at the other end of a Unix socket, as the kernel saw it when it connected (SO_PEERCRED).
 *
 * @param pid process id; 0 if the process lives in a foreign pid namespace
 * @param uid user id
 * @param gid group id
 */
public record PeerCredentials(int pid, int uid, int gid) {}
