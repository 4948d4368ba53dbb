package dev.myproxy.session;

import java.time.Duration;

/**
 * How far a {@link Drain} has come.
 *
 * @param sessions     that are left
 * @param transactions how many of them hold a transaction or an open cursor
 * @param left         the time until all of them are ended, never negative
 */
public record DrainProgress(int sessions, int transactions, Duration left) {}
