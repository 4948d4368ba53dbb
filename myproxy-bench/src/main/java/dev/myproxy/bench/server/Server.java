package dev.myproxy.bench.server;

import dev.myproxy.address.Address;
import dev.myproxy.bench.load.Endpoint;
import java.util.OptionalLong;

/**
 * A MySQL or MariaDB server with an account of the benchmarks' own.
 *
 * @param direct    where clients reach it without any proxy, and with what account
 * @param fromProxy where proxies connect to
 * @param pid       of its process, if that is on this machine and known
 */
public record Server(Endpoint direct, Address fromProxy, OptionalLong pid) {}
