package dev.myproxy.bench.subject;

import dev.myproxy.address.Address;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** What is measured. */
public sealed interface Target {

    /** What it is called in tables; unique. */
    String name();

    /** The server itself, over TCP. */
    record Direct(String name) implements Target {}

    /** HAProxy in TCP mode, with one thread. */
    record HaProxy(String name, Path program) implements Target {}

    /**
     * A distribution of myproxy.
     *
     * @param home        where {@code bin/myproxy} is
     * @param environment variables that it gets beside those of this process
     */
    record MyProxy(String name, Path home, Map<String, String> environment) implements Target {}

    /**
     * Something that runs already and leads to the same server.
     *
     * @param pid of its process, for its processor time
     */
    record Running(String name, Address address, OptionalLong pid) implements Target {}
}
