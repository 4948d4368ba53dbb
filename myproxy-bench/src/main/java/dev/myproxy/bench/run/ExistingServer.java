package dev.myproxy.bench.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A server that runs already.
 *
 * @param address      host and port, or the path of a Unix socket
 * @param database     where the benchmarks' tables are made
 * @param passwordFile holds the password; absent for an empty one
 */
record ExistingServer(String address, String user, String database, Optional<Path> passwordFile) {}
