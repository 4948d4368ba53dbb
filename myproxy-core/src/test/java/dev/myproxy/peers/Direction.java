package dev.myproxy.peers;

/** One of the two ways through a {@link FaultRelay}. */
public enum Direction {
    TO_SERVER, TO_CLIENT
}
