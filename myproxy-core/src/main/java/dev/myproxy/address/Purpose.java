package dev.myproxy.address;

/** What an address is wanted for, which decides what {@code *} means. */
public enum Purpose {

    /** To connect or send to it: {@code *} is this machine's loopback address. */
    CONNECT,

    /** To listen on it: {@code *} is every address of this machine, IPv6 and IPv4. */
    LISTEN
}
