package dev.myproxy.pg.conninfo;

/** In which order hosts, and the addresses of each, are tried: libpq's {@code load_balance_hosts}. */
public enum HostOrder {
    /** As they were given. */
    DISABLE,
    /** Shuffled for each new connection. */
    RANDOM
}
