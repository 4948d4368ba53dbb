package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.RawClient;
import java.io.IOException;

/** A real server that a test started, whose account {@code root} has no password. */
public interface TestedServer {

    /** The Unix socket. */
    Address socket();

    /** The TCP port at the loopback interface. */
    Address tcp();

    /** A client that is logged in as root, directly. */
    RawClient root() throws IOException;

    /** Creates an account with all rights on one database, which is created too, by the server's usual plugin. */
    void createAccount(String user, String password, String database) throws IOException;

    /** Runs statements as root, each of which must succeed. */
    default void execute(String... statements) throws IOException {
        try (RawClient root = root()) {
            for (String sql : statements) {
                root.query(sql).good();
            }
        }
    }

    /** The only value that a query of root's gives. */
    default String value(String sql) throws IOException {
        try (RawClient root = root()) {
            return root.query(sql).value();
        }
    }
}
