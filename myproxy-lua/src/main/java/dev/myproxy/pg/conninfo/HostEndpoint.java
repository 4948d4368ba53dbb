package dev.myproxy.pg.conninfo;

/** Where a server listens. */
public sealed interface HostEndpoint {

    /** 1 to 65535. For Unix sockets a part of the file's name. */
    int port();

    /**
     * A Unix socket.
     *
     * @param directory an absolute path
     */
    record Unix(String directory, int port) implements HostEndpoint {

        /** The socket's file, as PostgreSQL names it. */
        public String path() {
            return directory + "/.s.PGSQL." + port;
        }
    }

    /**
     * A TCP port.
     *
     * @param host a name to be resolved, or an address without brackets: {@code hostaddr} if that was given
     */
    record Tcp(String host, int port) implements HostEndpoint {}
}
